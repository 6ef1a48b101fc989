import type { JsonObject, JsonValue } from '../../../../core/providers/index.js';
import { isObject, listMember, member, objectMember, textMember } from '../json/read-json.js';

/** One managed resource instance of `values` in `terraform show -json` (JSON Output Format, "Values representation"). */
export interface ShownResource {
  readonly address: string;
  readonly type: string;
  readonly providerName: string;
  readonly values: JsonObject;
  readonly sensitiveValues: JsonValue;
  readonly identity: JsonObject | null;
  readonly tainted: boolean;
  readonly deposedKey: string | null;
}

/** What a values representation holds beside managed resources. */
export interface ShownTally {
  dataSources: number;
}

/** All managed resources, module by module in the order of the document. */
export function* shownResources(
  values: JsonValue | undefined,
  tally: ShownTally,
): Generator<ShownResource> {
  const root = objectMember(values, 'root_module');
  if (root !== null) yield* moduleResources(root, tally);
}

function* moduleResources(module: JsonObject, tally: ShownTally): Generator<ShownResource> {
  for (const resource of listMember(module, 'resources')) {
    const address = textMember(resource, 'address');
    const type = textMember(resource, 'type');
    if (address === null || type === null) continue;
    if (textMember(resource, 'mode') !== 'managed') {
      tally.dataSources += 1;
      continue;
    }
    yield {
      address,
      type,
      providerName: textMember(resource, 'provider_name') ?? '',
      values: objectMember(resource, 'values') ?? {},
      sensitiveValues: member(resource, 'sensitive_values') ?? null,
      identity: objectMember(resource, 'identity'),
      tainted: member(resource, 'tainted') === true,
      deposedKey: textMember(resource, 'deposed_key'),
    };
  }
  for (const child of listMember(module, 'child_modules')) {
    if (isObject(child)) yield* moduleResources(child, tally);
  }
}
