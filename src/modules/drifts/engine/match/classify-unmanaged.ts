import type { ActualResource } from '../../../../core/providers/index.js';
import { terraformProviderDefault } from '../lenses/terraform/provider-defaults.js';
import { awsClass } from './classes/aws.js';
import { azureClass } from './classes/azure.js';
import type { ClassContext, Classification, ClassRule } from './classes/class-rule.js';
import { googleClass } from './classes/google.js';
import { kubernetesClass } from './classes/kubernetes.js';

export {
  UNMANAGED_CLASSES,
  type ClassContext,
  type Classification,
  type UnmanagedClass,
} from './classes/class-rule.js';

/** What a cloud has before anybody creates anything, in an inventory written in Terraform's attributes. */
const terraformDefault: ClassRule = (resource) => {
  const reason = terraformProviderDefault(resource);
  return reason === null ? undefined : { class: 'provider-default', reason };
};

const RULES: readonly ClassRule[] = [
  kubernetesClass,
  awsClass,
  googleClass,
  azureClass,
  terraformDefault,
];

/** Why a live resource that no code declares may be no news. */
export function classifyUnmanaged(resource: ActualResource, context: ClassContext): Classification {
  for (const rule of RULES) {
    const classification = rule(resource, context);
    if (classification) return classification;
  }
  return { class: 'unmanaged', reason: null };
}
