// The migration job of a deployment: `node dist/src/migrate.js [--administrator <email>]`.
import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import type { Config } from './core/config/index.js';
import { migrate } from './core/database/index.js';
import { loadDeploymentConfig } from './deployment-config.js';
import { FirstAdministratorService } from './modules/organizations/index.js';

try {
  const { values } = parseArgs({ options: { administrator: { type: 'string' } } });
  const config = await loadDeploymentConfig();
  const applied = await migrate(config);
  for (const name of applied) process.stdout.write(`applied ${name}\n`);
  if (applied.length === 0) process.stdout.write('the database is up to date\n');
  if (values.administrator !== undefined) await createAdministrator(config, values.administrator);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

/** For a person at a terminal: the password is written to it once and kept nowhere. Does nothing when there is one already. */
async function createAdministrator(config: Config, email: string): Promise<void> {
  const app = await NestFactory.createApplicationContext(AppModule.forRoot(config), {
    logger: false,
    abortOnError: false,
  });
  try {
    const service = app.get(FirstAdministratorService, { strict: false });
    const { username, password } = await service.createFirstAdministrator({
      organization: { name: 'DriftGuard', slug: 'driftguard' },
      username: 'admin',
      email,
    });
    process.stdout.write(
      password === null
        ? `there is an administrator already: ${username}\n`
        : `log in as ${username} with the password ${password}; it has to be changed at the first login\n`,
    );
  } finally {
    await app.close();
  }
}
