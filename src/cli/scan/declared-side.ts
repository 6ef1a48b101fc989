import { DomainError } from '../../core/errors/index.js';
import type {
  ActualResource,
  DeclaredRecord,
  DeclaredResource,
  SourceNotice,
} from '../../core/providers/index.js';
import { withFacts } from '../../modules/iac/parse-options-of.js';
import { parseDocument } from '../../modules/iac/parsers/parse-document.js';
import type { DocumentKind, ParseOptions } from '../../modules/iac/parsers/parse-options.js';
import { SharedResources } from '../../modules/iac/shared-resources.js';
import { type LocalDocument, localDocuments } from '../../modules/iac/sources/local-documents.js';
import { StateSources } from '../../modules/iac/sources/state-sources.js';
import type { CommandContext } from '../command-context.js';
import type { Progress } from '../output/progress.js';
import { regionsOf } from './cloud-places.js';
import type { ScanOptions } from './scan-options.js';
import { readParameters, readPhysicalIds } from './template-facts.js';

/** Everything the code declares, and what plans already know about the live side. */
export interface DeclaredSide {
  readonly resources: readonly DeclaredResource[];
  /** Live side by address as a plan's refresh found it; null when it is gone. */
  readonly refreshed: ReadonlyMap<string, ActualResource | null>;
  readonly notices: readonly SourceNotice[];
}

interface Input {
  readonly name: string;
  readonly kind: DocumentKind;
  readonly endings: readonly string[];
}

/** Reads every document named on the command line. @throws DomainError naming file, position and remedy */
export async function readDeclaredSide(
  options: ScanOptions,
  context: CommandContext,
  progress: Progress,
): Promise<DeclaredSide> {
  const resources: DeclaredResource[] = [];
  const refreshed = new Map<string, ActualResource | null>();
  const notices: SourceNotice[] = [];
  const shared = new SharedResources();
  const parseOptions = await parseOptionsOf(options);
  for (const input of inputsOf(options)) {
    for await (const found of documentsOf(input, context)) {
      const { name } = found.document;
      progress.update(`Reading ${name}`);
      let read = 0;
      const records = recordsOf(found, { ...parseOptions, kind: input.kind }, context.signal);
      try {
        for await (const record of records) {
          if (record.kind === 'declared') {
            resources.push(record.resource);
            const twice = shared.observe(record.resource, name);
            if (twice !== undefined) notices.push(twice);
          } else if (record.kind === 'refreshed') refreshed.set(record.address, record.actual);
          else notices.push(record.notice);
          if (++read % 1000 === 0)
            progress.update(`Reading ${name}: ${read.toLocaleString('en-US')}`);
        }
        notices.push(...(found.document.notices ?? []));
      } catch (error) {
        notices.push(skippedFile(error, found, read));
      }
    }
  }
  return { resources, refreshed, notices };
}

async function* documentsOf(
  { name, endings }: Input,
  context: CommandContext,
): AsyncGenerator<LocalDocument> {
  if (!StateSources.isUrl(name)) {
    yield* localDocuments(name, name, endings);
    return;
  }
  // The clients of all stores take a while to load.
  const { remoteDocuments } = await import('./remote-documents.js');
  yield* remoteDocuments(name, context);
}

/** What a store knows about a document may only be known once it is open. */
async function* recordsOf(
  { document }: LocalDocument,
  options: ParseOptions,
  signal: AbortSignal,
): AsyncGenerator<DeclaredRecord> {
  const stream = await document.open(signal);
  const { name, size, facts = {} } = document;
  const opened = { name, size, open: () => Promise.resolve(stream) };
  yield* parseDocument(opened, withFacts(options, facts), signal);
}

/** A folder may hold files of other kinds; a file that was named, or that broke half way, is an error. */
function skippedFile(error: unknown, found: LocalDocument, read: number): SourceNotice {
  if (!(error instanceof DomainError) || found.named || read > 0) throw error;
  return {
    level: 'warning',
    code: error.code,
    message: `${error.message} Skipped.`,
    location: { file: found.document.name, line: null },
  };
}

function inputsOf({ declared }: ScanOptions): Input[] {
  const of = (names: readonly string[], kind: DocumentKind, endings: readonly string[]): Input[] =>
    names.map((name) => ({ name, kind, endings }));
  return [
    ...of(declared.states, 'terraform-state', ['.tfstate', '.json']),
    ...of(declared.plans, 'terraform-plan', ['.json']),
    ...of(declared.templates, 'cloudformation', ['.yaml', '.yml', '.json', '.template']),
    ...of(declared.manifests, 'kubernetes', ['.yaml', '.yml', '.json']),
  ];
}

async function parseOptionsOf(options: ScanOptions): Promise<ParseOptions> {
  const { template, actual } = options;
  const regions = regionsOf(actual.regions, 'aws');
  const [region = null] = regions;
  return {
    context: {
      accountId: options.accountId,
      // With several regions nobody knows which one a resource without a region is in.
      region: regions.length === 1 ? region : null,
    },
    ...(template.stackName === null ? {} : { stackName: template.stackName }),
    parameters: await readParameters(template.parameters),
    physicalIds: await readPhysicalIds(template.physicalIds),
  };
}
