import type { JsonObject } from '../../../../../core/providers/index.js';
import type { Knowledge } from '../../knowledge.js';
import type { Lens } from '../../lens.js';
import { isObject } from '../../values.js';
import { ApiSchemas } from './api-schema.js';
import { FieldCatalogue } from './field-catalogue.js';
import { GcpNode } from './gcp-node.js';
import { ResourceShape } from './resource-shape.js';
import { publishedType } from './resource-type.js';
import { Silence } from './silence.js';

/** `labels` is what the code wrote; `effective_labels` repeats it with the provider's own (google provider 5 upgrade guide). */
function withoutEchoes(attributes: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(attributes).filter(
      ([key]) => !/^(effective|terraform)_(labels|annotations)$/.test(key),
    ),
  );
}

/**
 * Some inventories record the body of the create request, `{ instanceId, instance: { … } }`: the resource is the one
 * object in it that the API's schema knows.
 */
function resourceOf(properties: JsonObject, knowledge: Knowledge, type: string): JsonObject {
  const { schemas, root } = ApiSchemas.open(knowledge, type, properties);
  const known = new Set(schemas.names(root));
  if (known.size === 0 || Object.keys(properties).some((key) => known.has(key))) return properties;
  const inside = Object.values(properties).filter(isObject);
  const [resource] = inside;
  return inside.length === 1 && resource && Object.keys(resource).some((key) => known.has(key))
    ? resource
    : properties;
}

/** google provider ↔ Cloud Asset Inventory `resource.data`: field by field through the provider's published definitions. */
export const gcpLens: Lens = {
  name: 'gcp',
  accepts: (declaredFormat, actualFormat) =>
    actualFormat === 'gcp-cai' && declaredFormat.startsWith('terraform-'),
  open: ({ declared, actual, knowledge }) => {
    const type = publishedType(declared.type, knowledge);
    const fields = FieldCatalogue.open(knowledge, type);
    const properties = resourceOf(actual.properties, knowledge, actual.type);
    const { schemas, root } = ApiSchemas.open(knowledge, actual.type, properties);
    const nameSegments = new Set(
      actual.id
        .toLowerCase()
        .split('/')
        .filter((segment) => segment !== ''),
    );
    const fromObjects = declared.format === 'terraform-attributes-from-krm';
    const readBack =
      declared.format === 'terraform-state-attributes' || declared.format === 'terraform-plan-json';
    const subject = {
      fields,
      shape: ResourceShape.open(knowledge, type),
      api: schemas,
      speaksTerraform: type === declared.type || fields.knowsAll(Object.keys(declared.attributes)),
      silence: Silence.open(knowledge, type),
      resource: properties,
      rootSchema: root,
      readBack,
      planned: declared.format === 'terraform-plan-json',
      nameSegments,
      fromObjects,
    };
    return {
      declared: withoutEchoes(declared.attributes),
      actual: properties,
      root: new GcpNode(subject, { path: '', apiPath: '', schema: root, freeMap: false }),
    };
  },
};
