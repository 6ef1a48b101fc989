export const POLICY_PROVIDERS = ['aws', 'gcp', 'azure', 'kubernetes'] as const;
export type PolicyProvider = (typeof POLICY_PROVIDERS)[number];

export const POLICY_FORMATS = ['json', 'terraform', 'yaml'] as const;
export type PolicyFormat = (typeof POLICY_FORMATS)[number];

/** What can be asked for beyond reading resources. */
export const POLICY_PARTS = ['who', 'states', 'regions', 'aggregator'] as const;
export type PolicyPart = (typeof POLICY_PARTS)[number];

export interface PolicyRequest {
  readonly provider: PolicyProvider;
  /** Native types; empty: all that is read. */
  readonly types: readonly string[];
  readonly parts: readonly PolicyPart[];
  /** Also the accounts of the organization. */
  readonly organization: boolean;
}

/** A document of the provider, how Terraform writes it, and what its reader has to know. */
export interface Policy {
  readonly document: object;
  /** Type, name and arguments of the Terraform resource. */
  readonly terraform: { readonly type: string; readonly body: string };
  readonly defaultFormat: PolicyFormat;
  readonly notices: readonly string[];
}
