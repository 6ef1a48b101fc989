import type { JsonObject, JsonValue } from '../../../core/providers/index.js';
import { loadContentHasher } from '../parsers/bytes/content-hash.js';
import { JsonArrayStream } from '../parsers/json/json-array-stream.js';
import { isObject, listMember, objectMember, textMember } from '../parsers/json/read-json.js';
import type { OpenedDocument } from '../parsers/open-document.js';
import { DEFAULT_MAX_RESOURCE_BYTES } from '../parsers/parse-options.js';
import { unwrapDynamicValues } from '../parsers/terraform/dynamic-values.js';
import { resourceAddress } from '../parsers/terraform/resource-address.js';
import { pathsFromSteps } from '../parsers/terraform/sensitive-paths.js';
import { LineWriter } from './lines.js';
import { edgeAttributes, type EdgeRules, pick } from './terraform-instance.js';

const HEADER = ['version', 'terraform_version', 'serial', 'lineage'];
const OF_A_RESOURCE = ['module', 'mode', 'type', 'name', 'each', 'provider'];
const OF_AN_INSTANCE = ['index_key', 'status', 'deposed', 'schema_version', 'sensitive_attributes'];

/**
 * A raw Terraform state as it may be sent: header and managed resources, each on the line it had. Outputs, check results, what data sources
 * read, and providers' private data stay behind.
 */
export async function edgeState(document: OpenedDocument, rules: EdgeRules): Promise<Buffer> {
  const header: JsonObject = {};
  const elements: { readonly text: string; readonly line: number | null }[] = [];
  const refused: string[] = [];
  const stream = new JsonArrayStream({
    file: document.file,
    arrayKey: 'resources',
    onKey: (key) => {
      if (key === 'encrypted_data' || key === 'modules') refused.push(key);
    },
    onScalar: (key, value) => {
      if (HEADER.includes(key)) header[key] = value;
    },
    maxElementBytes: DEFAULT_MAX_RESOURCE_BYTES,
    hasher: await loadContentHasher(),
    offset: document.offset,
  });
  for await (const chunk of document.chunks()) {
    for (const { value, position } of stream.push(chunk)) {
      elements.push({ text: JSON.stringify(edgeElement(value, rules)), line: position.line });
    }
  }
  stream.finish();
  // Nothing of it can be sent. The parser, which reads what was written, says why in its own words.
  const [reason] = refused;
  if (reason !== undefined) return Buffer.from(`{"version":4,"${reason}":[]}`);
  const writer = new LineWriter();
  writer.write(`${JSON.stringify(header).slice(0, -1)},"resources":[`);
  for (const [index, { text, line }] of elements.entries()) {
    if (index > 0) writer.write(',');
    writer.write(text, line);
  }
  writer.write(']}\n');
  return writer.content();
}

function edgeElement(element: JsonValue, rules: EdgeRules): JsonObject {
  const managed = textMember(element, 'mode') === 'managed';
  const instances = listMember(element, 'instances');
  return {
    ...pick(element, OF_A_RESOURCE),
    instances: managed
      ? instances.flatMap((instance) => edgeInstance(element, instance, rules))
      : // How many there are is all that is said of data sources.
        instances.map(() => ({})),
  };
}

function edgeInstance(element: JsonValue, instance: JsonValue, rules: EdgeRules): JsonValue[] {
  if (!isObject(instance)) return [instance];
  const type = textMember(element, 'type') ?? '';
  const key = instance.index_key;
  const flat = objectMember(instance, 'attributes_flat');
  const attributes = { ...(objectMember(instance, 'attributes') ?? flat ?? {}) };
  unwrapDynamicValues(attributes);
  const clean = edgeAttributes(
    {
      type,
      address: resourceAddress(
        textMember(element, 'module'),
        type,
        textMember(element, 'name') ?? '',
        typeof key === 'string' || typeof key === 'number' ? key : null,
      ),
      providerReference: textMember(element, 'provider') ?? '',
      attributes,
      paths: pathsFromSteps(instance.sensitive_attributes),
    },
    rules,
  );
  if (clean === null) return [];
  const identity = objectMember(instance, 'identity');
  const legacy = objectMember(instance, 'attributes') === null && flat !== null;
  return [
    {
      ...pick(instance, OF_AN_INSTANCE),
      [legacy ? 'attributes_flat' : 'attributes']: clean,
      ...(identity !== null && {
        identity: rules.removal.from(identity, { type, paths: [], keys: rules.keys }) ?? {},
      }),
    },
  ];
}
