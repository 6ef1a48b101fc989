import { AuditTrail } from '../../core/audit/index.js';
import { TwoFactorService } from '../../core/auth/index.js';
import { AnonymisationService, UsersService } from '../../modules/organizations/index.js';
import type { CommandContext } from '../command-context.js';
import { usageError } from '../errors.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { printable } from '../output/text.js';
import { AdminApplication } from './admin-application.js';

export function runCreateAdmin(
  options: { readonly organization: string; readonly username: string; readonly email: string },
  { stdout, ...context }: CommandContext,
): Promise<ExitCode> {
  const { organization, username, email } = options;
  return AdminApplication.use({ stdout, ...context }, async (admin) => {
    const created = await admin.as(organization, async (tenant) => {
      const made = await admin
        .get(UsersService)
        .createUser(tenant, { username, email, role: 'admin' });
      await admin.get(AuditTrail).record(tenant, {
        action: 'create_user',
        resource_type: 'user',
        resource_id: made.user.id,
        new_values: { username, email, role: 'admin' },
      });
      return made;
    });
    stdout.write(
      `Log in as ${printable(username)} with the password ${created.initialPassword}\nIt has to be changed at the first login.\n`,
    );
    return EXIT.inSync;
  });
}

export function runResetTwoFactor(
  options: { readonly organization: string; readonly user: string },
  context: CommandContext,
): Promise<ExitCode> {
  const { organization, user: username } = options;
  return AdminApplication.use(context, async (admin) => {
    const removed = await admin.as(organization, async (tenant) => {
      const user = await admin.get(UsersService).findByUsername(tenant, username);
      if (user === null) throw usageError(`There is no user ${username} in ${organization}.`);
      const hadOne = await admin.get(TwoFactorService).reset(tenant, user.id);
      await admin.get(AuditTrail).record(tenant, {
        action: 'reset_two_factor',
        resource_type: 'user',
        resource_id: user.id,
        old_values: { two_factor: hadOne },
        new_values: { two_factor: false },
      });
      return hadOne;
    });
    const name = printable(username);
    context.stdout.write(
      removed
        ? `The second factor of ${name} and its recovery codes are gone; every session of ${name} has ended.\nThe next login needs the password only: ask ${name} to set up another one.\n`
        : `${name} had no second factor; every session of ${name} has ended.\n`,
    );
    return EXIT.inSync;
  });
}

export function runAnonymise(
  options: { readonly organization: string; readonly user: string },
  context: CommandContext,
): Promise<ExitCode> {
  return AdminApplication.use(context, async (admin) => {
    const { pseudonym, counts } = await admin.as(options.organization, async (tenant) => {
      const user = await admin.get(UsersService).findByUsername(tenant, options.user);
      if (user === null) throw usageError(`There is no user ${options.user}.`);
      return admin.get(AnonymisationService).anonymise(tenant, user.id);
    });
    context.stdout.write(`The person is ${pseudonym} from now on. Rows changed or deleted:\n`);
    for (const [table, count] of Object.entries(counts)) {
      context.stdout.write(`  ${table}  ${count}\n`);
    }
    return EXIT.inSync;
  });
}
