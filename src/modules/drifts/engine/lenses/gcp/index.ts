import type { Lens } from '../../lens.js';
import { gcpIamLens } from './gcp-iam.lens.js';
import { gcpLens } from './gcp.lens.js';

/** Google Cloud: access policies first, they live beside the resource and not in it. */
export const GCP_LENSES: readonly Lens[] = [gcpIamLens, gcpLens];
