import type { Provider } from '../../../../core/providers/index.js';

/** A provider as a state or plan names it. */
export interface ProviderReference {
  readonly provider: Provider;
  /** True when the resource uses an alias, so another account, project or region than the default one. */
  readonly aliased: boolean;
}

// Both spellings: `module.x.provider["registry.terraform.io/hashicorp/aws"].west` and, before 0.13, `provider.aws.west`.
const QUOTED = /provider\["([^"]+)"\](\..+)?$/;
const LEGACY = /(?:^|\.)provider\.\s*([^."[\s]+)(\..+)?$/;

/** Sources (`namespace/name`) whose resources live in a target we read; `-` is the namespace of upgraded old states. */
const BY_SOURCE = new Map<string, Provider>([
  ['hashicorp/aws', 'aws'],
  ['hashicorp/awscc', 'aws'],
  ['hashicorp/google', 'gcp'],
  ['hashicorp/google-beta', 'gcp'],
  ['hashicorp/azurerm', 'azure'],
  ['azure/azapi', 'azure'],
  ['hashicorp/kubernetes', 'kubernetes'],
  ['hashicorp/kubernetes-alpha', 'kubernetes'],
  ['gavinbunney/kubectl', 'kubernetes'],
  ['alekc/kubectl', 'kubernetes'],
]);

function providerOfSource(source: string): Provider {
  const parts = source.toLowerCase().split('/');
  const name = parts.at(-1) ?? '';
  const namespace = parts.at(-2) ?? 'hashicorp';
  const known = BY_SOURCE.get(`${namespace === '-' ? 'hashicorp' : namespace}/${name}`);
  return known ?? 'other';
}

const MAX_REMEMBERED = 1000;
const remembered = new Map<string, ProviderReference>();

/** Reads a state's `provider` or a plan's `provider_name`; anything unknown is `other`. */
export function parseProviderReference(text: string): ProviderReference {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const reference = parse(text);
  // A state names a handful of providers a hundred thousand times.
  if (remembered.size < MAX_REMEMBERED) remembered.set(text, reference);
  return reference;
}

function parse(text: string): ProviderReference {
  const match = QUOTED.exec(text) ?? LEGACY.exec(text);
  if (match?.[1] === undefined) return { provider: providerOfSource(text), aliased: false };
  return { provider: providerOfSource(match[1]), aliased: match[2] !== undefined };
}
