import type { Lens } from '../../lens.js';
import { cfnLens } from './cfn-lens.js';

/** Lenses of the AWS family, most particular first. */
export const AWS_LENSES: readonly Lens[] = [cfnLens];
