import type { JsonObject } from '../../../../../core/providers/index.js';
import type { Lens } from '../../lens.js';
import { ApiSchemas } from './api-schema.js';
import { FieldCatalogue } from './field-catalogue.js';
import { GcpNode } from './gcp-node.js';

/** `labels` is what the code wrote; `effective_labels` repeats it with the provider's own (google provider 5 upgrade guide). */
function withoutEchoes(attributes: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(attributes).filter(
      ([key]) => !/^(effective|terraform)_(labels|annotations)$/.test(key),
    ),
  );
}

/** google provider ↔ Cloud Asset Inventory `resource.data`: field by field through the provider's published definitions. */
export const gcpLens: Lens = {
  name: 'gcp',
  accepts: (declaredFormat, actualFormat) =>
    actualFormat === 'gcp-cai' && declaredFormat.startsWith('terraform-'),
  open: ({ declared, actual, knowledge }) => {
    const fields = FieldCatalogue.open(knowledge, declared.type);
    const { schemas, root } = ApiSchemas.open(knowledge, actual.type, actual.properties);
    const nameSegments = new Set(
      actual.id
        .toLowerCase()
        .split('/')
        .filter((segment) => segment !== ''),
    );
    const subject = { fields, api: schemas, nameSegments };
    return {
      declared: withoutEchoes(declared.attributes),
      actual: actual.properties,
      root: new GcpNode(subject, { path: '', apiPath: '', schema: root, freeMap: false }),
    };
  },
};
