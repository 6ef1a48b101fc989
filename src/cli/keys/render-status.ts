import type { KeyStatus } from '../../core/crypto/index.js';

/** Versions and counts, for people. */
export function renderStatus(status: KeyStatus, provider: string): string {
  const lines = [`Master keys: ${provider}`];
  for (const { version, state, createdAt } of status.versions) {
    const since = createdAt === null ? '' : ` since ${createdAt.toISOString()}`;
    lines.push(`  version ${version}: ${state}${since}`);
  }
  lines.push('Sealed rows:');
  for (const { table, rows, versions } of status.tables) {
    const parts = versions.map((one) => {
      const where =
        one.isVault === (provider === 'vault') ? '' : one.isVault ? ' (Vault)' : ' (local)';
      return `${one.rows} with version ${one.keyVersion}${where}`;
    });
    lines.push(`  ${table}: ${rows === 0 ? 'none' : parts.join(', ')}`);
  }
  return `${lines.join('\n')}\n`;
}
