// A short-lived process of `up`: migrates, makes the first administrator and the account `up` itself uses, reports, ends.
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../app.module.js';
import { PasswordHasher } from '../../core/auth/index.js';
import { loadConfig } from '../../core/config/index.js';
import { createSystemContext, type TenantContext } from '../../core/context/index.js';
import { migrate, TenantScope } from '../../core/database/index.js';
import { FirstAdministratorService } from '../../modules/organizations/index.js';
import { UserRepository } from '../../modules/organizations/user.repository.js';
import { OPERATOR, type SetUpReport } from './set-up-report.js';

const FIRST = {
  organization: { name: 'DriftGuard', slug: 'driftguard' },
  username: 'admin',
  email: 'admin@driftguard.invalid',
};

try {
  process.send?.(await setUp());
} catch (error) {
  process.stderr.write(
    `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
  process.exitCode = 1;
} finally {
  if (process.connected) process.disconnect();
}

async function setUp(): Promise<SetUpReport> {
  const config = loadConfig();
  const migrations = await migrate(config);
  const app = await NestFactory.createApplicationContext(AppModule.forRoot(config), {
    logger: false,
    abortOnError: false,
  });
  try {
    const administrators = app.get(FirstAdministratorService, { strict: false });
    const administrator = await administrators.createFirstAdministrator(FIRST);
    const context = createSystemContext(administrator.organizationId, 'up');
    const scope = app.get(TenantScope, { strict: false });
    const users = app.get(UserRepository, { strict: false });
    const passwords = app.get(PasswordHasher, { strict: false });
    await scope.run(context, () => ensureOperator(context, users, passwords));
    return { migrations: migrations.length, administrator };
  } finally {
    await app.close();
  }
}

/** Its password is the one in the secrets file, whatever happened to the account in between. */
async function ensureOperator(
  context: TenantContext,
  users: UserRepository,
  passwords: PasswordHasher,
): Promise<void> {
  const password_hash = await passwords.hash(process.env.OPERATOR_PASSWORD ?? '');
  const [found] = await users.find(context, { username: OPERATOR });
  if (found === undefined) {
    users.create(context, {
      username: OPERATOR,
      email: 'up@driftguard.invalid',
      role: 'admin',
      password_hash,
      must_change_password: false,
    });
  } else {
    Object.assign(found, { password_hash, must_change_password: false, is_active: true });
  }
  await users.flush();
}
