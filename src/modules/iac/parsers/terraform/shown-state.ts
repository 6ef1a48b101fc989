import type {
  DeclaredRecord,
  JsonObject,
  SourceLocation,
} from '../../../../core/providers/index.js';
import { member } from '../json/read-json.js';
import type { ParseContext } from '../parse-options.js';
import { notice } from '../records.js';
import { declaredResource } from './declared-resource.js';
import { withRenderedObjects } from './helm-release.js';
import { pathsFromMask } from './sensitive-paths.js';
import type { ShownResource, ShownTally } from './shown-resources.js';
import { shownResources } from './shown-resources.js';

/** What is worth saying about a resource's condition; null when it is a plain one. */
export function conditionNotice(
  resource: ShownResource,
  location: SourceLocation,
): DeclaredRecord | null {
  const { address } = resource;
  if (resource.deposedKey !== null) {
    return notice(
      'warning',
      'STATE.DEPOSED',
      `${address} still has a deposed object (${resource.deposedKey}) of an unfinished replacement. It is not compared; finish the replacement with \`terraform apply\`.`,
      location,
      address,
    );
  }
  if (!resource.tainted) return null;
  return notice(
    'info',
    'STATE.TAINTED',
    `${address} is tainted: the next apply replaces it.`,
    location,
    address,
  );
}

export function dataSourcesNotice(tally: ShownTally, location: SourceLocation): DeclaredRecord[] {
  const count = tally.dataSources;
  if (count === 0) return [];
  return [
    notice(
      'info',
      'STATE.DATA_SOURCES',
      `${count} data source${count === 1 ? ' is' : 's are'} only read by this code, not managed by it, and not compared.`,
      location,
    ),
  ];
}

/** The state that `terraform show -json` printed. */
export function* shownStateRecords(
  shown: JsonObject,
  file: string,
  context: ParseContext,
): Generator<DeclaredRecord> {
  const location = { file, line: null };
  const tally: ShownTally = { dataSources: 0 };
  let declared = 0;
  for (const resource of shownResources(member(shown, 'values'), tally)) {
    const condition = conditionNotice(resource, location);
    if (condition !== null) yield condition;
    if (resource.deposedKey !== null) continue;
    declared += 1;
    yield* withRenderedObjects(
      declaredResource(
        {
          address: resource.address,
          type: resource.type,
          providerReference: resource.providerName,
          attributes: resource.values,
          identity: resource.identity,
          sensitivePaths: pathsFromMask(resource.sensitiveValues),
          unresolvedPaths: [],
          previousAddress: null,
          location,
          contentHash: null,
        },
        context,
      ),
      context,
    );
  }
  yield* dataSourcesNotice(tally, location);
  if (declared === 0) {
    yield notice('warning', 'STATE.EMPTY', 'This state declares no managed resource.', location);
  }
}
