import type { KeyStatus, RotationProgress, RotationResult } from '../../core/crypto/index.js';
import type { CommandContext } from '../command-context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { renderStatus } from './render-status.js';
import { type RotationStand, withRotation } from './rotation-stand.js';

/** `driftguard keys status`. */
export function runKeysStatus(context: CommandContext): Promise<ExitCode> {
  return withRotation(context, false, async ({ rotation, provider }) => {
    context.stdout.write(renderStatus(await rotation.status(), provider));
    return EXIT.inSync;
  });
}

export interface RotateOptions {
  readonly isDryRun: boolean;
  readonly retireAfterMs: number;
}

/** `driftguard keys rotate`. Nothing it writes holds key material. */
export function runKeysRotate(options: RotateOptions, context: CommandContext): Promise<ExitCode> {
  return withRotation(context, !options.isDryRun, async (stand) => {
    if (options.isDryRun) {
      context.stdout.write(await describePlan(stand));
      return EXIT.inSync;
    }
    const result = await stand.rotation.run({
      retireAfterMs: options.retireAfterMs,
      signal: context.signal,
      onProgress: (progress) => writeProgress(progress, stand, context),
    });
    context.stdout.write(renderResult(result));
    return result.failed.length === 0 ? EXIT.inSync : EXIT.error;
  });
}

async function describePlan({ rotation, provider }: RotationStand): Promise<string> {
  const status = await rotation.status();
  rotation.refuseMissing(status);
  return `${renderStatus(status, provider)}\n${planOf(status, rotation.isUnfinished(status), provider)}`;
}

function planOf(status: KeyStatus, isUnfinished: boolean, provider: string): string {
  const rows = status.tables.reduce((sum, one) => sum + one.rows, 0);
  if (isUnfinished) {
    return `Would wrap ${status.stale} of ${rows} keys again with version ${status.current}, then retire older versions.\nNothing was changed.\n`;
  }
  if (provider === 'environment') {
    return `Everything is sealed with version ${status.current}. To rotate, append a new version to ENCRYPTION_KEYS.\nNothing was changed.\n`;
  }
  return `Would make version ${status.current + 1}, wrap ${rows} keys again with it, then retire older versions.\nNothing was changed.\n`;
}

function writeProgress(
  progress: RotationProgress,
  { provider }: RotationStand,
  { stderr }: CommandContext,
): void {
  switch (progress.kind) {
    case 'version':
      stderr.write(`made master key version ${progress.version} (${provider})\n`);
      return;
    case 'started':
      stderr.write(
        `wrapping ${progress.status.stale} keys again with version ${progress.status.current}\n`,
      );
      return;
    case 'rewrapped':
      stderr.write(`${progress.done} of ${progress.of}\n`);
  }
}

function renderResult(result: RotationResult): string {
  const lines = [
    `Wrapped ${result.rewrapped} keys again with master key version ${result.version}.`,
  ];
  for (const one of result.failed) {
    const owner = one.organizationId === null ? '' : ` of organization ${one.organizationId}`;
    lines.push(`Could not open ${one.table} ${one.id}${owner}: ${one.code}.`);
  }
  if (result.failed.length > 0) {
    lines.push('Older versions stay readable. Restore or delete those rows, then run this again.');
  }
  if (result.retired.length > 0) lines.push(`Retired version ${result.retired.join(', ')}.`);
  if (result.waiting !== null) lines.push(renderWaiting(result.waiting));
  return `${lines.join('\n')}\n`;
}

function renderWaiting({ versions, until }: NonNullable<RotationResult['waiting']>): string {
  const named = `Version ${versions.join(', ')}`;
  if (until === null) {
    return `${named} can be removed from ENCRYPTION_KEYS when every process has been restarted with the new one and their uploads and scans are over. Before version 1 goes, set HASH_KEY to its secret.`;
  }
  return `${named} stays readable for uploads and scans that began before. Run this again after ${until.toISOString()} to retire it.`;
}
