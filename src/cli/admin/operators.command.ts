import { randomUUID } from 'node:crypto';
import { toString as drawQrCode } from 'qrcode';
import {
  COMMAND_LINE,
  type OperatorCredentials,
  OperatorEvents,
  Operators,
} from '../../core/auth/index.js';
import type { CommandContext } from '../command-context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { padEnd, printable } from '../output/text.js';
import { AdminApplication } from './admin-application.js';

export function runCreateOperator(name: string, context: CommandContext): Promise<ExitCode> {
  return handOut('create_operator', name, (operators) => operators.create(name), context);
}

export function runRenewOperator(name: string, context: CommandContext): Promise<ExitCode> {
  return handOut('renew_operator', name, (operators) => operators.renew(name), context);
}

export function runDisableOperator(name: string, context: CommandContext): Promise<ExitCode> {
  return AdminApplication.use(context, async (admin) => {
    await admin.get(Operators).disable(name);
    await record(admin, 'disable_operator', name);
    context.stdout.write(`${printable(name)} is refused from now on.\n`);
    return EXIT.inSync;
  });
}

export function runListOperators(context: CommandContext): Promise<ExitCode> {
  return AdminApplication.use(context, async (admin) => {
    const operators = await admin.get(Operators).list();
    if (operators.length === 0) {
      context.stdout.write(
        'There is no operator: /api/v1/platform and /queue-board are closed to everybody. Make one: driftguard admin operator create <name>\n',
      );
    }
    const width = Math.max(0, ...operators.map(({ name }) => name.length));
    for (const { name, created_at, disabled_at } of operators) {
      const state = disabled_at === null ? 'active' : `disabled ${day(disabled_at)}`;
      context.stdout.write(
        `${padEnd(printable(name), width)}  since ${day(created_at)}  ${state}\n`,
      );
    }
    return EXIT.inSync;
  });
}

export function runListOperatorEvents(
  options: { readonly limit: number },
  context: CommandContext,
): Promise<ExitCode> {
  return AdminApplication.use(context, async (admin) => {
    for (const event of await admin.get(OperatorEvents).list(options.limit)) {
      const result = event.code === null ? event.result : `${event.result} (${event.code})`;
      const parts = [
        event.created_at.toISOString(),
        event.operator,
        event.action,
        event.subject ?? '-',
        event.organization_id ?? '-',
        event.ip ?? '-',
        result,
      ];
      context.stdout.write(`${parts.map(printable).join('  ')}\n`);
    }
    return EXIT.inSync;
  });
}

function handOut(
  action: string,
  name: string,
  make: (operators: Operators) => Promise<OperatorCredentials>,
  context: CommandContext,
): Promise<ExitCode> {
  return AdminApplication.use(context, async (admin) => {
    const made = await make(admin.get(Operators));
    await record(admin, action, name);
    const picture = await drawQrCode(made.uri, { type: 'utf8', errorCorrectionLevel: 'L' });
    context.stdout.write(
      [
        `Operator ${made.name}. This is shown once:`,
        '',
        `  token   ${made.token}`,
        `  secret  ${made.secret}   (authenticator app, six digits, 30 seconds)`,
        '',
        picture,
        '',
      ].join('\n'),
    );
    return EXIT.inSync;
  });
}

function record(admin: AdminApplication, action: string, subject: string): Promise<void> {
  return admin
    .get(OperatorEvents)
    .record({ operator: COMMAND_LINE, action, subject, correlationId: randomUUID() });
}

function day(date: Date): string {
  return date.toISOString().slice(0, 10);
}
