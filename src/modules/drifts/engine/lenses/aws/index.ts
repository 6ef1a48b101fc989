import type { Lens } from '../../lens.js';
import { cfnDescribeLens, cfnLens } from './cfn-lens.js';
import { terraformNativeLens } from './terraform-native-lens.js';
import { terraformShapeLens } from './terraform-shape-lens.js';

/** Lenses of the AWS family, most particular first. */
export const AWS_LENSES: readonly Lens[] = [
  cfnLens,
  cfnDescribeLens,
  terraformShapeLens,
  terraformNativeLens,
];
