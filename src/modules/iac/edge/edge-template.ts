import type { JsonObject, JsonValue } from '../../../core/providers/index.js';
import { isSecretKey, isSecretText } from '../../../core/privacy/index.js';
import { readTemplate } from '../parsers/cloudformation/read-template.js';
import { isObject, objectMember, textMember } from '../parsers/json/read-json.js';
import type { OpenedDocument } from '../parsers/open-document.js';
import type { Syntax } from '../parsers/recognise/recognise.js';
import { LineWriter } from './lines.js';
import { holdsRemoved, REMOVED } from '../parsers/removed-values.js';
import type { SecretRemoval } from './secret-removal.js';
import { type EdgeRules, pick } from './terraform-instance.js';

const SECTIONS = ['AWSTemplateFormatVersion', 'Transform', 'Mappings', 'Conditions'];
/** By which it is recognised, whatever it has beside. */
const FORMAT = { AWSTemplateFormatVersion: '2010-09-09' };
const OF_A_PARAMETER = ['Type', 'NoEcho', 'Default'];
const OF_A_RESOURCE = ['Type', 'Condition', 'DeletionPolicy', 'UpdateReplacePolicy'];
/** Point at a value and do not hold it. */
const REFERENCES = ['Ref', 'Fn::GetAtt', 'Fn::ImportValue'];
/** What CloudFormation itself shows for a `NoEcho` value. */
const NO_ECHO = '****';

/**
 * A CloudFormation template as it may be sent: parameters without secret defaults, mappings, conditions and the properties of resources, each on the
 * line it had. Metadata, outputs, rules and comments stay behind.
 */
export async function edgeTemplate(
  document: OpenedDocument,
  syntax: Syntax,
  rules: EdgeRules,
): Promise<Buffer> {
  const { body, places } = await readTemplate(document, syntax, {});
  const writer = new LineWriter();
  const sections = clean({ ...FORMAT, ...pick(body, SECTIONS) }, '', rules);
  for (const [name, section] of Object.entries(sections)) {
    writer.write(`${JSON.stringify(name)}: ${JSON.stringify(section)}\n`);
  }
  const parameters = objectMember(body, 'Parameters');
  if (parameters !== null) {
    const kept = Object.entries(parameters).map(([name, one]) => [
      name,
      parameter(name, one, rules),
    ]);
    writer.write(`"Parameters": ${JSON.stringify(Object.fromEntries(kept))}\n`);
  }
  writer.write('"Resources":\n');
  for (const [logicalId, resource] of Object.entries(objectMember(body, 'Resources') ?? {})) {
    const text = JSON.stringify(edgeResource(resource, rules));
    writer.write(`  ${JSON.stringify(logicalId)}: ${text}\n`, places.get(logicalId)?.line ?? null);
  }
  return writer.content();
}

function parameter(name: string, declaration: JsonValue, { removal }: EdgeRules): JsonObject {
  const kept = pick(declaration, OF_A_PARAMETER);
  if (kept.Default === undefined) return kept;
  const text = typeof kept.Default === 'string' ? kept.Default : '';
  if (!isNoEcho(kept) && !isSecretKey(name) && !isSecretText(text)) return kept;
  removal.remove(kept.Default);
  // The parser takes it for what AWS masks: properties that use it are unresolved.
  return { ...kept, NoEcho: true, Default: NO_ECHO };
}

function isNoEcho({ NoEcho: value }: JsonObject): boolean {
  return value === true || value === 'true';
}

function edgeResource(resource: JsonValue, rules: EdgeRules): JsonObject {
  const kept = pick(resource, OF_A_RESOURCE);
  const properties = objectMember(resource, 'Properties');
  const type = textMember(resource, 'Type') ?? '';
  return properties === null ? kept : { ...kept, Properties: clean(properties, type, rules) };
}

function clean(value: JsonObject, type: string, { removal, keys }: EdgeRules): JsonObject {
  const found = removal.from(value, { type, paths: [], keys });
  return hoistedMembers(found ?? {}, removal);
}

/** A function of which a part was removed is removed as a whole: what it would make of the rest is not what stands there. */
function hoisted(value: JsonValue, underSecret: boolean, removal: SecretRemoval): JsonValue {
  if (Array.isArray(value)) return value.map((one) => hoisted(one, underSecret, removal));
  if (!isObject(value)) return value;
  const [name] = Object.keys(value);
  if (name?.startsWith('Fn::') === true && Object.keys(value).length === 1) {
    if (holdsRemoved(value)) return REMOVED;
    if (underSecret && !REFERENCES.includes(name)) return removal.remove(value);
  }
  return hoistedMembers(value, removal);
}

function hoistedMembers(value: JsonObject, removal: SecretRemoval): JsonObject {
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, hoisted(one, isSecretKey(key), removal)]),
  );
}
