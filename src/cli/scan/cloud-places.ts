import { ALL_REGIONS, PROVIDERS, type Provider } from '../../core/providers/index.js';
import { usageError } from '../errors.js';

/** A value of one cloud, or of the only one that is read. */
export interface CloudValues {
  readonly plain: readonly string[];
  readonly named: ReadonlyMap<Provider, readonly string[]>;
}

/** `--region aws=eu-west-1 --region eu-west-1`: what stands before `=` says whose it is. */
export function cloudValues(texts: readonly string[] = []): CloudValues {
  const plain: string[] = [];
  const named = new Map<Provider, string[]>();
  for (const text of texts) {
    const [name = '', ...rest] = text.split('=');
    const provider = PROVIDERS.find((one) => one === name && one !== 'other');
    if (provider === undefined || rest.length === 0) plain.push(text);
    else named.set(provider, [...(named.get(provider) ?? []), rest.join('=')]);
  }
  return { plain, named };
}

/** Regions to read of a cloud; empty for the default. `all` is a word of AWS: the others read everywhere unless told otherwise. */
export function regionsOf({ plain, named }: CloudValues, provider: Provider): readonly string[] {
  const regions = named.get(provider) ?? plain;
  return provider === 'aws' ? regions : regions.filter((region) => region !== ALL_REGIONS);
}

/** Null for the cloud's own. */
export function endpointOf({ plain, named }: CloudValues, provider: Provider): string | null {
  return named.get(provider)?.at(-1) ?? plain.at(-1) ?? null;
}

/** With several clouds a plain value could be anybody's. @throws DomainError */
export function refuseUnnamed(
  { regions, endpoints }: { readonly regions: CloudValues; readonly endpoints: CloudValues },
  clouds: number,
): void {
  if (clouds < 2) return;
  if (endpoints.plain.length > 0) {
    throw usageError('--endpoint names one service: with several clouds write --endpoint aws=URL.');
  }
  const [unnamed] = regions.plain.filter((region) => region !== ALL_REGIONS);
  if (unnamed !== undefined) {
    throw usageError(
      `--region ${unnamed}: with several clouds say whose region it is, --region aws=${unnamed}.`,
    );
  }
}
