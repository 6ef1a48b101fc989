import { JobQueue } from '../../core/queue/index.js';
import { Housekeeping } from '../../modules/organizations/index.js';
import type { CommandContext } from '../command-context.js';
import { usageError } from '../errors.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { AdminApplication } from './admin-application.js';

export function runRetention(
  options: { readonly organization: string | null; readonly dryRun: boolean },
  context: CommandContext,
): Promise<ExitCode> {
  return AdminApplication.use(context, async (admin) => {
    const { organization, dryRun } = options;
    const wanted = await admin.organizations(organization);
    const reports = await admin.get(Housekeeping).runRetention(dryRun, organization);
    for (const report of reports) {
      const counts = Object.entries(report.counts).map(([one, count]) => `${one} ${count}`);
      const done = dryRun ? 'would remove' : 'removed';
      context.stdout.write(`${report.organization}: ${done} ${counts.join(', ')}\n`);
    }
    const done = new Set(reports.map((report) => report.organization));
    const failed = wanted.filter(({ slug }) => !done.has(slug));
    for (const { slug } of failed) {
      context.stderr.write(`${slug}: failed; the log of the workers says why\n`);
    }
    return failed.length === 0 ? EXIT.inSync : EXIT.error;
  });
}

export function runRedrive(
  options: { readonly queue: string | null },
  context: CommandContext,
): Promise<ExitCode> {
  return AdminApplication.use(context, async (admin) => {
    const jobs = admin.get(JobQueue);
    const known = [...new Set(jobs.jobs.map((job) => job.queue))].toSorted();
    const { queue } = options;
    if (queue !== null && !known.includes(queue)) {
      throw usageError(`There is no queue ${queue}. There are: ${known.join(', ')}.`);
    }
    for (const name of queue === null ? known : [queue]) {
      context.stdout.write(`${name}: ${await jobs.redrive(name)} jobs put back\n`);
    }
    return EXIT.inSync;
  });
}
