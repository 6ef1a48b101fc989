import type { SourceNotice } from '../../core/providers/index.js';
import type { CommandContext } from '../command-context.js';
import { usageError } from '../errors.js';
import type { ExitCode } from '../exit-codes.js';
import { createProgress } from '../output/progress.js';
import { renderScan } from '../output/render-scan.js';
import { count, printable } from '../output/text.js';
import { openActualSide } from './actual-side.js';
import { readDeclaredSide } from './declared-side.js';
import { detectDrift } from './detect-drift.js';
import { scanExitCode } from './exit-code.js';
import { askWho } from './ask-who.js';
import { jsonReport } from './json-report.js';
import { readIgnoreRules } from './ignore-rules.js';
import { readPrevious } from './previous-places.js';
import type { ScanOptions } from './scan-options.js';

/** `driftguard scan`: declared in, actual in, findings out, without a database. */
export async function runScan(options: ScanOptions, context: CommandContext): Promise<ExitCode> {
  const progress = createProgress(context.stderr);
  const actual = await openActualSide(options, context);
  try {
    if (actual === null && options.declared.plans.length === 0) throw noActualSide();
    const declared = await readDeclaredSide(options, context, progress);
    const previous = await readPrevious(options.previous, context, progress);
    const ignoreRules = await readIgnoreRules(options, context);
    progress.clear();
    for (const line of actual?.summary ?? []) context.stderr.write(`${printable(line)}\n`);
    const found = await detectDrift({
      declared,
      records: actual?.records(declared.resources) ?? null,
      deleted: actual?.deleted ?? [],
      accountId: options.accountId ?? actual?.accountId ?? null,
      namespaces: actual?.namespaces ?? [],
      options,
      ignoreRules,
      previous,
      progress,
      signal: context.signal,
    });
    const { signal } = context;
    const result = options.who
      ? await askWho(found, { histories: actual?.histories ?? new Map(), progress, signal })
      : found;
    progress.clear();
    const notices = [...declared.notices, ...result.notices];
    writeNotices(notices, context);
    context.stdout.write(
      options.format === 'json' ? jsonReport(result, notices) : renderScan(result, context.stdout),
    );
    return scanExitCode(result, options.failOn);
  } finally {
    progress.clear();
    await actual?.close();
  }
}

function noActualSide(): Error {
  return usageError(
    'Nothing to compare with. Name the live side: --aws, --kubeconfig FILE, or --actual FILE with a recorded inventory. (Plans bring their own: --plan FILE.)',
  );
}

const SHOWN_NOTICES = 10;

/** Warnings in full, up to a screenful; the rest as a number. */
function writeNotices(notices: readonly SourceNotice[], { stderr }: CommandContext): void {
  const warnings = notices.filter(({ level }) => level === 'warning');
  for (const { message, location } of warnings.slice(0, SHOWN_NOTICES)) {
    const place = `${location.file}${location.line === null ? '' : `:${location.line}`}`;
    const text = message.startsWith(location.file) ? message : `${place}: ${message}`;
    stderr.write(`${stderr.paint('yellow', 'warning:')} ${printable(text)}\n`);
  }
  const hidden = warnings.length - SHOWN_NOTICES;
  const infos = notices.length - warnings.length;
  const rest = [
    hidden > 0 ? count(hidden, 'more warning') : '',
    infos > 0 ? count(infos, 'notice') : '',
  ].filter(Boolean);
  if (rest.length > 0) stderr.write(`${rest.join(' and ')} (--format json shows all)\n`);
}
