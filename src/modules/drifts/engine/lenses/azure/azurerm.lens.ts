import type { Lens } from '../../lens.js';
import { ArmSchemas } from './arm-schemas.js';
import { AzurermNode } from './azurerm-node.js';
import { AzurermCatalogue } from './azurerm-overlay.js';

/** hashicorp/azurerm ↔ Azure Resource Graph: by its naming conventions, the published ARM schemas, and what is written down. */
export const azurermLens: Lens = {
  name: 'azurerm',
  accepts: (declaredFormat, actualFormat, { declared }) =>
    actualFormat === 'azure-resource-graph' &&
    declaredFormat.startsWith('terraform-') &&
    declared.type.startsWith('azurerm_'),
  open: ({ declared, actual, knowledge }) => {
    const { schemas, root } = ArmSchemas.open(knowledge, actual.type);
    const subject = {
      catalogue: AzurermCatalogue.open(knowledge, declared.type, actual.type),
      schemas,
      resource: actual.properties,
      id: actual.id.toLowerCase(),
    };
    return {
      declared: declared.attributes,
      actual: actual.properties,
      root: new AzurermNode(subject, { path: '', armPath: [], schema: root, freeMap: false }),
    };
  },
};
