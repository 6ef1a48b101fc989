import type { Comparator } from '../comparator.js';

/**
 * Tags whose name starts with `hidden-` link Azure resources to each other and are not shown in the portal; the platform
 * writes them (Azure Resource Manager, "Use tags to organize your resources"; F55).
 */
export const hiddenTag: Comparator = {
  name: 'hidden-tag',
  rule(declared, actual, field) {
    const { type } = field.pair.declared;
    if (declared !== undefined || actual === undefined || !type.startsWith('azurerm_')) {
      return undefined;
    }
    if (!/^tags[.[]/.test(field.path) || !field.key.startsWith('hidden-')) return undefined;
    return { kind: 'same', why: 'Azure keeps its own links between resources in hidden tags.' };
  },
};
