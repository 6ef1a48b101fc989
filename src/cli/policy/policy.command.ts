import { stringify } from 'yaml';
import { type DeclaredResource, NO_SCOPE } from '../../core/providers/index.js';
import { expectedTypes } from '../../modules/drifts/detection/expected-types.js';
import { terraformKind } from '../../modules/drifts/engine/lenses/kubernetes/terraform-kind.js';
import { openKnowledge } from '../../modules/drifts/knowledge/knowledge-shelf.js';
import type { CommandContext } from '../command-context.js';
import { usageError } from '../errors.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { awsPolicy } from './aws-policy.js';
import { azurePolicy } from './azure-policy.js';
import { gcpPolicy } from './gcp-policy.js';
import { kubernetesPolicy } from './kubernetes-policy.js';
import type { Policy, PolicyFormat, PolicyProvider, PolicyRequest } from './policy-options.js';

export interface PolicyArguments extends PolicyRequest {
  /** Null: as the provider's own tools take it. */
  readonly format: PolicyFormat | null;
}

const POLICIES: Readonly<Record<PolicyProvider, (request: PolicyRequest) => Policy>> = {
  aws: awsPolicy,
  gcp: gcpPolicy,
  azure: azurePolicy,
  kubernetes: kubernetesPolicy,
};

/** Of the Terraform providers that manage each. */
const PREFIXES: Readonly<Record<PolicyProvider, RegExp>> = {
  aws: /^aws(?:cc)?_/,
  gcp: /^google_/,
  azure: /^az(?:urerm|api|uread)_/,
  kubernetes: /^kubernetes_/,
};

const TERRAFORM_TYPE = /^[a-z][a-z0-9]*_[a-z0-9_]+$/;

/** Prints the least rights that read what is asked for. The document goes to standard output, what to know about it to standard error. */
export function runPolicy(options: PolicyArguments, context: CommandContext): ExitCode {
  const types = [...new Set(options.types.flatMap((type) => native(type, options.provider)))];
  const policy = POLICIES[options.provider]({ ...options, types });
  context.stdout.write(render(policy, options.format ?? policy.defaultFormat));
  for (const notice of policy.notices) context.stderr.write(`note: ${notice}\n`);
  return EXIT.inSync;
}

function native(type: string, provider: PolicyProvider): readonly string[] {
  if (!TERRAFORM_TYPE.test(type)) return [type];
  if (provider === 'kubernetes') {
    const kind = terraformKind(type, openKnowledge());
    if (kind !== null) return [`${kind.apiVersion}/${kind.kind}`];
  }
  const resource = anyOf(type, provider);
  const foreign = !PREFIXES[provider].test(type);
  const found = foreign ? [] : expectedTypes([resource], provider, openKnowledge());
  if (found.length === 0) {
    throw usageError(`--types: nothing of ${provider} is known as ${type}; name its native type.`);
  }
  return found.map(({ type: one }) => one);
}

/** One resource of a type, with nothing set. */
function anyOf(type: string, provider: PolicyProvider): DeclaredResource {
  return {
    provider,
    type,
    format: 'terraform-state-attributes',
    address: `${type}.any`,
    id: null,
    name: null,
    attributes: {},
    sensitivePaths: [],
    unresolvedPaths: [],
    ignoredPaths: [],
    previousAddress: null,
    scope: NO_SCOPE,
    location: { file: '--types', line: null },
    contentHash: null,
  };
}

function render({ document, terraform }: Policy, format: PolicyFormat): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(document, null, 2)}\n`;
    case 'yaml':
      return stringify(document, { lineWidth: 0 });
    case 'terraform':
      return `resource "${terraform.type}" "driftguard_read" {\n${terraform.body}}\n`;
  }
}
