import type { JsonObject, JsonValue } from '../../../core/providers/index.js';
import { isObject, listMember, objectMember, textMember } from '../parsers/json/read-json.js';
import type { OpenedDocument } from '../parsers/open-document.js';
import { pathsFromMask } from '../parsers/terraform/sensitive-paths.js';
import { readShownDocument } from '../parsers/terraform/shown-document.js';
import { edgeAttributes, type EdgeRules, pick } from './terraform-instance.js';

const HEADER = [
  ...['format_version', 'plan_format_version', 'terraform_version', 'timestamp'],
  ...['errored', 'complete', 'applyable'],
];
const OF_A_RESOURCE = [
  ...['address', 'previous_address', 'mode', 'type', 'name', 'index', 'provider_name'],
  ...['tainted', 'deposed', 'deposed_key'],
];
const OF_A_CHANGE = ['actions', 'after_unknown', 'before_sensitive', 'after_sensitive'];
const CHANGES = ['resource_changes', 'resource_drift'];

/**
 * The output of `terraform show -json` as it may be sent: resources and their changes. Variables, outputs, the configuration, checks and what
 * data sources read stay behind.
 */
export async function edgeShown(document: OpenedDocument, rules: EdgeRules): Promise<Buffer> {
  const shown = await readShownDocument(document, {});
  const clean = pick(shown, HEADER);
  const values = objectMember(shown, 'values');
  if (values !== null) clean.values = edgeValues(values, rules);
  const prior = objectMember(shown, 'prior_state');
  if (prior !== null) {
    clean.prior_state = {
      ...pick(prior, HEADER),
      values: edgeValues(objectMember(prior, 'values'), rules),
    };
  }
  // Nothing of it is compared, but that it is there tells a plan from a state.
  if (objectMember(shown, 'planned_values') !== null) clean.planned_values = {};
  for (const key of CHANGES) {
    if (!Array.isArray(shown[key])) continue;
    clean[key] = listMember(shown, key).flatMap((change) => edgeChange(change, rules));
  }
  const deferred = listMember(shown, 'deferred_changes');
  if (deferred.length > 0) {
    clean.deferred_changes = deferred.map((one) => ({
      ...pick(one, ['reason']),
      resource_change: pick(objectMember(one, 'resource_change') ?? {}, OF_A_RESOURCE),
    }));
  }
  return Buffer.from(`${JSON.stringify(clean)}\n`);
}

function edgeValues(values: JsonObject | null, rules: EdgeRules): JsonObject {
  const root = objectMember(values ?? {}, 'root_module');
  return root === null ? {} : { root_module: edgeModule(root, rules) };
}

function edgeModule(module: JsonObject, rules: EdgeRules): JsonObject {
  const children = listMember(module, 'child_modules').filter(isObject);
  return {
    ...pick(module, ['address']),
    resources: listMember(module, 'resources').flatMap((one) => edgeResource(one, rules)),
    ...(children.length > 0 && {
      child_modules: children.map((child) => edgeModule(child, rules)),
    }),
  };
}

function edgeResource(resource: JsonValue, rules: EdgeRules): JsonObject[] {
  const facts = pick(resource, OF_A_RESOURCE);
  if (textMember(resource, 'mode') !== 'managed') return [facts];
  if (!isObject(resource)) return [];
  const paths = pathsFromMask(resource.sensitive_values);
  const values = attributesOf(resource, objectMember(resource, 'values') ?? {}, paths, rules);
  if (values === null) return [];
  return [
    {
      ...facts,
      values,
      ...pick(resource, ['sensitive_values']),
      ...edgeIdentity(resource, 'identity', rules),
    },
  ];
}

function edgeChange(entry: JsonValue, rules: EdgeRules): JsonObject[] {
  const facts = pick(entry, OF_A_RESOURCE);
  const change = objectMember(entry, 'change');
  if (textMember(entry, 'mode') !== 'managed' || change === null) return [facts];
  const paths = [
    ...new Set([
      ...pathsFromMask(change.before_sensitive),
      ...pathsFromMask(change.after_sensitive),
    ]),
  ];
  const clean = pick(change, OF_A_CHANGE);
  for (const side of ['before', 'after']) {
    const attributes = objectMember(change, side);
    const kept = attributes === null ? null : attributesOf(entry, attributes, paths, rules);
    if (attributes !== null && kept === null) return [];
    clean[side] = kept;
  }
  if (objectMember(change, 'importing') !== null) clean.importing = {};
  for (const key of ['before_identity', 'after_identity']) {
    Object.assign(clean, edgeIdentity(change, key, rules));
  }
  return [{ ...facts, change: clean }];
}

function attributesOf(
  resource: JsonValue,
  attributes: JsonObject,
  paths: readonly string[],
  rules: EdgeRules,
): JsonObject | null {
  return edgeAttributes(
    {
      address: textMember(resource, 'address') ?? '',
      type: textMember(resource, 'type') ?? '',
      providerReference: textMember(resource, 'provider_name') ?? '',
      attributes,
      paths,
    },
    rules,
  );
}

function edgeIdentity(value: JsonObject, key: string, { removal, keys }: EdgeRules): JsonObject {
  const identity = objectMember(value, key);
  if (identity === null) return {};
  return { [key]: removal.from(identity, { type: '', paths: [], keys }) ?? {} };
}
