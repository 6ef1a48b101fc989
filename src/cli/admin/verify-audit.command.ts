import { AuditVerification, type ChainVerification } from '../../core/audit/index.js';
import { createSystemContext } from '../../core/context/index.js';
import type { CommandContext } from '../command-context.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { AdminApplication } from './admin-application.js';

export interface ExpectedEnd {
  readonly sequence: string;
  readonly hash: string;
}

export function runVerifyAudit(
  options: { readonly organization: string | null; readonly expected: ExpectedEnd | null },
  context: CommandContext,
): Promise<ExitCode> {
  return AdminApplication.use(context, async (admin) => {
    let isWhole = true;
    for (const { id, slug } of await admin.organizations(options.organization)) {
      const verified = await admin
        .get(AuditVerification)
        .verify(createSystemContext(id, 'admin'), options.expected);
      isWhole &&= verified.broken === null;
      context.stdout.write(`${slug}: ${describe(verified)}\n`);
    }
    return isWhole ? EXIT.inSync : EXIT.error;
  });
}

function describe({ entries, removedUpTo, redacted, head, broken }: ChainVerification): string {
  if (broken !== null) {
    const entry = broken.id === null ? '' : ` (${broken.id})`;
    return `BROKEN at entry ${broken.sequence}${entry}: ${broken.reason}. ${entries} entries before it are whole.`;
  }
  const removed = removedUpTo === '0' ? '' : `, up to ${removedUpTo} removed by policy`;
  const hidden = redacted === 0 ? '' : `, ${redacted} with an anonymised person`;
  return `whole, ${entries} entries${removed}${hidden}; ends with ${head.sequence}:${head.hash}`;
}
