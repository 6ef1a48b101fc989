import type { ActualResource, JsonObject, JsonValue } from '../../core/providers/index.js';
import { isNotFound, isUnsupported } from './aws.errors.js';
import type { ReadFailure } from './aws.errors.js';
import type { CloudControlApi } from './cloud-control.api.js';
import type { ReadPage } from './config-reader.js';
import type { Reading } from './reading-plan.js';
import { COMPLETE, cutShort, partial } from './verdict.js';
import type { Verdict } from './verdict.js';

/** Models read at the same time, of one type in one region. */
const AT_ONCE = 4;
/** So many refusals in a row, and the rest would be refused too. */
const GIVE_UP_AFTER = 3;

/** Reads one type in one region as it is now: a call for each hundred identifiers, and one for each resource. */
export class CloudControlReader {
  constructor(
    private readonly api: CloudControlApi,
    private readonly hash: (text: string) => string,
  ) {}

  async *list(reading: Reading): AsyncGenerator<ReadPage> {
    const { type, region } = reading;
    const failures: ReadFailure[] = [];
    let read = 0;
    let pages = 0;
    let verdict: Verdict | null = null;
    let unreachable = false;
    let unsupported = false;
    try {
      for await (const identifiers of this.api.list(region, type)) {
        pages += 1;
        const found: ActualResource[] = [];
        for (let start = 0; start < identifiers.length; start += AT_ONCE) {
          const some = identifiers.slice(start, start + AT_ONCE);
          const models = await Promise.all(some.map((id) => this.model(reading, id, failures)));
          found.push(...models.flatMap((model) => model ?? []));
          if (failures.length >= GIVE_UP_AFTER && read + found.length === 0) break;
        }
        read += found.length;
        yield {
          kind: 'page',
          records: found.map((resource) => ({ kind: 'resource', resource }) as const),
        };
        if (failures.length >= GIVE_UP_AFTER && read === 0) break;
      }
    } catch (error) {
      const { session } = this.api;
      const failure = session.failure(error, 'cloudformation:ListResources', region);
      unreachable = failure.unreachable === true;
      unsupported = isUnsupported(error);
      verdict = cutShort(pages, failure);
    }
    verdict ??= judge(failures, read);
    yield { kind: 'end', verdict, unreachable, unsupported };
  }

  /** Null when it went away meanwhile, or could not be read: then `failures` has one more. */
  private async model(
    { type, region, global }: Reading,
    id: string,
    failures: ReadFailure[],
  ): Promise<ActualResource | null> {
    const { session } = this.api;
    try {
      const text = await this.api.get(region, type, id);
      const properties = JSON.parse(text) as JsonObject;
      return {
        type,
        format: 'aws-cloudcontrol',
        provider: 'aws',
        id,
        aliases: aliasesOf(id, properties),
        name: null,
        properties,
        companions: null,
        tags: tagsOf(properties.Tags),
        scope: { accountId: session.accountId, region: global ? null : region, namespace: null },
        capturedAt: null,
        contentHash: this.hash(text),
      };
    } catch (error) {
      if (isNotFound(error)) return null;
      failures.push(session.failure(error, `cloudformation:GetResource of ${type}`, region));
      return null;
    }
  }
}

function judge(failures: readonly ReadFailure[], read: number): Verdict {
  const [failure] = failures;
  if (failure === undefined) return COMPLETE;
  if (read === 0) return failure;
  return partial(
    `${failures.length} of ${failures.length + read} could not be read: ${failure.message}`,
  );
}

function aliasesOf(id: string, { Arn: arn }: JsonObject): string[] {
  return typeof arn === 'string' && arn !== id ? [arn] : [];
}

/** `[{ Key, Value }]` in most models, a map in some. */
function tagsOf(tags: JsonValue | undefined): Record<string, string> {
  if (Array.isArray(tags)) return Object.fromEntries(tags.flatMap(tagOf));
  if (typeof tags !== 'object' || tags === null) return {};
  return Object.fromEntries(
    Object.entries(tags).flatMap(([key, value]) =>
      typeof value === 'string' ? [[key, value] as const] : [],
    ),
  );
}

function tagOf(tag: JsonValue): (readonly [string, string])[] {
  if (typeof tag !== 'object' || tag === null || Array.isArray(tag)) return [];
  const { Key: key, Value: value } = tag;
  return typeof key === 'string' && typeof value === 'string' ? [[key, value]] : [];
}
