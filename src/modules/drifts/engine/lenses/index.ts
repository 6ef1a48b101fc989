import type { Lens } from '../lens.js';
import { AZURE_LENSES } from './azure/index.js';
import { AWS_LENSES } from './aws/index.js';
import { GCP_LENSES } from './gcp/index.js';
import { kubernetesLens } from './kubernetes/kubernetes.lens.js';
import { terraformLens } from './terraform/terraform.lens.js';
import { terraformKubernetesLens } from './kubernetes/terraform-kubernetes.lens.js';
import { sameShapeLens } from './same-shape.js';

/** Every lens, most particular first; the first that accepts a pair compares it. One line a family. */
export const LENSES: readonly Lens[] = [
  ...AZURE_LENSES,
  ...AWS_LENSES,
  ...GCP_LENSES,
  kubernetesLens,
  terraformKubernetesLens,
  terraformLens,
  sameShapeLens,
];
