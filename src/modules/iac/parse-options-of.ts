import type { IacSource } from './iac-source.entity.js';
import type { SourceKind } from './iac-choices.js';
import type { ParseOptions } from './parsers/parse-options.js';

const KINDS = {
  auto: 'auto',
  terraform_state: 'terraform-state',
  terraform_plan: 'terraform-plan',
  cloudformation: 'cloudformation',
  kubernetes_manifests: 'kubernetes',
} as const satisfies Record<SourceKind, ParseOptions['kind']>;

/** A source's settings in the parsers' words. */
export function parseOptionsOf({ kind, options }: IacSource): ParseOptions {
  return {
    kind: KINDS[kind],
    context: { accountId: options.account_id ?? null, region: options.region ?? null },
    stackName: options.stack_name,
    stackId: options.stack_id,
    parameters: options.parameters,
    physicalIds: options.physical_ids,
    defaultNamespace: options.default_namespace,
  };
}
