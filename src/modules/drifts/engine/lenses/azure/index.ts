import type { Lens } from '../../lens.js';
import { azapiLens } from './azapi.lens.js';
import { azurermLens } from './azurerm.lens.js';

/** Azure: bodies written as ARM, then the provider with names of its own. */
export const AZURE_LENSES: readonly Lens[] = [azapiLens, azurermLens];
