import type { AzureApi } from './azure.api.js';

/**
 * `tracked`: Resource Manager keeps a record of each, and Resource Graph shows every one. `untracked`: only its provider knows
 * them, and Resource Graph shows some such types and not others. `unknown`: the provider has no such type.
 */
export type TypeStanding = 'tracked' | 'untracked' | 'unknown';

interface ProviderType {
  readonly resourceType?: unknown;
  /** Comma-separated; https://learn.microsoft.com/rest/api/resources/providers/get#providerresourcetype */
  readonly capabilities?: unknown;
}

/** How Azure keeps the resources of a type; one call for each resource provider of a subscription. */
export class TypeCatalogue {
  private readonly providers = new Map<string, Promise<ReadonlyMap<string, TypeStanding>>>();

  constructor(
    private readonly api: AzureApi,
    private readonly subscription: string,
  ) {}

  /** `type` in lower case. Throws what the SDK throws. */
  async standing(type: string): Promise<TypeStanding> {
    const slash = type.indexOf('/');
    const types = await this.provider(type.slice(0, slash));
    return types.get(type.slice(slash + 1)) ?? 'unknown';
  }

  private provider(namespace: string): Promise<ReadonlyMap<string, TypeStanding>> {
    const known = this.providers.get(namespace);
    if (known) return known;
    const asked = this.ask(namespace);
    this.providers.set(namespace, asked);
    return asked;
  }

  private async ask(namespace: string): Promise<ReadonlyMap<string, TypeStanding>> {
    const path = `/subscriptions/${this.subscription}/providers/${namespace}`;
    const answer = await this.api.get(path, '2021-04-01');
    const { resourceTypes } = (answer ?? {}) as { resourceTypes?: unknown };
    const types = Array.isArray(resourceTypes) ? (resourceTypes as ProviderType[]) : [];
    return new Map(
      types.map(({ resourceType, capabilities }) => [
        typeof resourceType === 'string' ? resourceType.toLowerCase() : '',
        typeof capabilities === 'string' && /\bSupportsTags\b/.test(capabilities)
          ? 'tracked'
          : 'untracked',
      ]),
    );
  }
}
