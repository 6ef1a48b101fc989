// Proves on an empty database that migrations and entities say the same: up, nothing left to change, all the way
// down, up again; and that the committed snapshot shows the schema that comes out. `--write` updates the snapshot.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const snapshotFile = path.join(root, 'migrations/.snapshot-driftguard.sql');

execFileSync(process.execPath, [path.join(root, 'scripts/build.mjs')], { stdio: 'inherit' });
const { startEmbeddedPostgres } = await import('../dist/src/embedded/index.js');
const { parseConfig } = await import('../dist/src/core/config/index.js');
const { migrate, openMigrator } = await import('../dist/src/core/database/index.js');
const { ENTITIES } = await import('../dist/src/entities.js');

const folder = mkdtempSync(path.join(os.tmpdir(), 'driftguard-migrations-'));
chmodSync(folder, 0o711);
const postgres = await startEmbeddedPostgres({
  dataDir: path.join(folder, 'postgres'),
  durability: 'none',
});
try {
  const problems = await check(
    parseConfig({
      NODE_ENV: 'testing',
      DB_HOST: postgres.host,
      DB_PORT: String(postgres.port),
      DB_OWNER_USER: postgres.user,
      DB_OWNER_PASSWORD: postgres.password,
      DB_NAME: 'migrations_check',
    }),
  );
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.exitCode = problems.length === 0 ? 0 : 1;
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function check(config) {
  const applied = await migrate(config, { monthsAhead: 0 });
  const orm = await openMigrator(config, { entities: ENTITIES });
  try {
    const difference = (await orm.schema.getUpdateSchemaSQL()).trim();
    if (difference !== '') {
      return [`Entities and migrations differ; a migration is missing that does:\n${difference}`];
    }
    const schema = `${(await orm.schema.getCreateSchemaSQL()).trim()}\n`;
    if (process.argv.includes('--write')) writeFileSync(snapshotFile, schema);
    else if (!existsSync(snapshotFile) || readFileSync(snapshotFile, 'utf8') !== schema) {
      return [`${path.relative(root, snapshotFile)} is old; run with --write and commit it`];
    }
    for (let count = 0; count < applied.length; count++) {
      await migrate(config, { direction: 'down' });
    }
    const leftovers = await orm.em.getConnection().execute(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace
           and relkind in ('r', 'p', 'v', 'm', 'S') and relname not like 'driftguard_migrations%'
         union all select proname from pg_proc where pronamespace = 'public'::regnamespace`,
    );
    if (leftovers.length > 0) {
      return [`down() leaves behind: ${leftovers.map((one) => one.name).join(', ')}`];
    }
  } finally {
    await orm.close();
  }
  const again = await migrate(config, { monthsAhead: 0 });
  if (again.length !== applied.length) return ['not every migration could be applied again'];
  process.stdout.write(`${applied.length} migrations, up and down, agree with the entities\n`);
  return [];
}
