import type { IacSource } from './iac-source.entity.js';
import type { SourceKind } from './iac-choices.js';
import type { DocumentFacts } from '../../core/providers/index.js';
import type { ParseOptions } from './parsers/parse-options.js';

const KINDS = {
  auto: 'auto',
  terraform_state: 'terraform-state',
  terraform_plan: 'terraform-plan',
  cloudformation: 'cloudformation',
  kubernetes_manifests: 'kubernetes',
} as const satisfies Record<SourceKind, ParseOptions['kind']>;

/** A source's settings in the parsers' words; what the store knows about a document wins. */
export function parseOptionsOf(
  { kind, options }: Pick<IacSource, 'kind' | 'options'>,
  facts: DocumentFacts = {},
): ParseOptions {
  return withFacts(
    {
      kind: KINDS[kind],
      context: { accountId: options.account_id ?? null, region: options.region ?? null },
      stackName: options.stack_name,
      stackId: options.stack_id,
      parameters: options.parameters,
      physicalIds: options.physical_ids,
      defaultNamespace: options.default_namespace,
    },
    facts,
  );
}

export function withFacts(options: ParseOptions, facts: DocumentFacts): ParseOptions {
  const { kind = 'auto', context = {} } = options;
  return {
    ...options,
    kind: kind === 'auto' ? (facts.kind ?? 'auto') : kind,
    context: {
      ...context,
      accountId: facts.accountId ?? context.accountId ?? null,
      region: facts.region ?? context.region ?? null,
    },
    stackName: facts.stackName ?? options.stackName,
    stackId: facts.stackId ?? options.stackId,
    parameters: { ...options.parameters, ...facts.parameters },
    physicalIds: { ...options.physicalIds, ...facts.physicalIds },
    defaultNamespace: facts.defaultNamespace ?? options.defaultNamespace,
  };
}
