import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import { parseJsonDocument } from '../../comparators/json-document.js';
import type { Lens } from '../../lens.js';
import { isObject, read } from '../../values.js';
import { ArmNode } from './arm-node.js';
import { ArmSchemas } from './arm-schemas.js';

/** Arguments of azapi that are part of the ARM resource; the others steer the tool. */
const RESOURCE_ARGUMENTS = ['name', 'location', 'tags'];

function body(attributes: JsonObject): JsonObject {
  const given = read(attributes, 'body');
  const parsed = typeof given === 'string' ? parseJsonDocument(given) : given;
  return isObject(parsed) ? parsed : {};
}

/** azapi's `identity` block as ARM writes it (azapi provider docs, azapi_resource). */
function identity(attributes: JsonObject): JsonObject {
  const given = read(attributes, 'identity');
  const block = Array.isArray(given) ? given[0] : given;
  if (!isObject(block) || typeof block.type !== 'string') return {};
  const ids = Array.isArray(block.identity_ids) ? block.identity_ids : [];
  const assigned = Object.fromEntries(
    ids.flatMap((id): [string, JsonValue][] => (typeof id === 'string' ? [[id, {}]] : [])),
  );
  return {
    identity: {
      type: block.type,
      ...(ids.length > 0 && { userAssignedIdentities: assigned }),
    },
  };
}

/** The ARM request body the arguments stand for; paths are those of the ARM resource (`properties.sku.name`). */
function armResource(attributes: JsonObject): JsonObject {
  const resource: JsonObject = { ...body(attributes), ...identity(attributes) };
  for (const key of RESOURCE_ARGUMENTS) {
    const value = read(attributes, key);
    if (value !== undefined && value !== null) resource[key] = value;
  }
  return resource;
}

/** azapi ↔ Azure Resource Graph: both sides write ARM, so the lens is the envelope plus what ARM says of spelling. */
export const azapiLens: Lens = {
  name: 'azapi',
  accepts: (declaredFormat, actualFormat, { declared }) =>
    actualFormat === 'azure-resource-graph' &&
    (declaredFormat === 'azapi' || declared.type.startsWith('azapi_')),
  open: ({ declared, actual, knowledge }) => {
    const { schemas, root } = ArmSchemas.open(knowledge, actual.type);
    const resource = armResource(declared.attributes);
    // The id names the resource; some services answer the name of its parent, or an encoded one.
    if (declared.id?.toLowerCase() === actual.id.toLowerCase()) delete resource.name;
    return { declared: resource, actual: actual.properties, root: new ArmNode([], schemas, root) };
  },
};
