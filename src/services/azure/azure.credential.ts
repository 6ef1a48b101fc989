import { ClientSecretCredential, DefaultAzureCredential } from '@azure/identity';
import type { ClientSecretCredentialOptions, TokenCredential } from '@azure/identity';
import type { InventoryConnection } from '../../core/providers/index.js';
import { checkedUrl, invalid, isLoopback } from './azure.target.js';

export type IdentityPolicy = NonNullable<
  ClientSecretCredentialOptions['additionalPolicies']
>[number];

/**
 * The credential of one scan: an access token as it is, a client secret, or with `localCredentials` whatever this machine has.
 * Throws an `InventoryError` where the settings are not enough.
 */
export function credentialOf(
  { credentials }: InventoryConnection,
  localCredentials: boolean,
  policies: readonly IdentityPolicy[] = [],
): TokenCredential {
  const { tenantId, clientId, clientSecret, accessToken, authorityHost } = credentials;
  if (accessToken) return fixedToken(accessToken);
  const options = identityOptions(authorityHost, policies);
  if (tenantId && clientId && clientSecret) {
    if (!/^[\w.-]+$/.test(tenantId)) throw invalid('tenantId is not a GUID or a domain name.');
    return new ClientSecretCredential(tenantId, clientId, clientSecret, options);
  }
  if (!localCredentials) {
    throw invalid(
      'The Azure credentials need tenantId, clientId and clientSecret, or an accessToken.',
    );
  }
  return new DefaultAzureCredential({ ...options, ...(tenantId ? { tenantId } : {}) });
}

/** Who a token is for, from its claims; they are shown, never trusted. Null for a token that cannot be read. */
export function principalOf(token: string): string | null {
  try {
    const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString();
    const claims = JSON.parse(payload) as Record<string, unknown>;
    const named = ['upn', 'unique_name', 'appid', 'azp', 'oid', 'sub'].map((name) => claims[name]);
    return named.find((name) => typeof name === 'string' && name !== '') as string | null;
  } catch {
    return null;
  }
}

function fixedToken(token: string): TokenCredential {
  const answer = { token, expiresOnTimestamp: Number.MAX_SAFE_INTEGER };
  return { getToken: () => Promise.resolve(answer) };
}

function identityOptions(
  authorityHost: string | undefined,
  policies: readonly IdentityPolicy[],
): ClientSecretCredentialOptions {
  const retryOptions = { maxRetries: 0 };
  if (!authorityHost) return { retryOptions };
  const authority = new URL(checkedUrl('authorityHost', authorityHost));
  // Without this the library asks Microsoft's public cloud whether it knows the authority.
  const named = {
    retryOptions,
    disableInstanceDiscovery: true,
    additionalPolicies: [...policies],
  };
  if (authority.protocol === 'https:') return { ...named, authorityHost: authority.origin };
  return {
    ...named,
    authorityHost: `https://${authority.host}`,
    // The guard sees the address as it is called.
    additionalPolicies: [plainLoopback(authority), ...policies],
  };
}

/** The library takes https authorities only; one on this machine is reached without. */
function plainLoopback(authority: URL): IdentityPolicy {
  return {
    position: 'perRetry',
    policy: {
      name: 'plainLoopbackAuthority',
      sendRequest: (request, next) => {
        const url = new URL(request.url);
        if (isLoopback(url) && url.host === authority.host) {
          request.url = `${authority.origin}${url.pathname}${url.search}`;
          request.allowInsecureConnection = true;
        }
        return next(request);
      },
    },
  };
}
