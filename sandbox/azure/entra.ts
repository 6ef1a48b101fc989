import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../json.js';
import type { Reply, SandboxRequest } from '../server/cloud.js';
import { armReply } from './arm-protocol.js';
import type { AzureTenant } from './azure-estate.js';

/** Entra ID as far as a client with a secret needs it: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow */
export class Entra {
  private readonly issued = new Set<string>();

  constructor(private readonly tenant: AzureTenant) {}

  accepts(token: string): boolean {
    return token === this.tenant.accessToken || this.issued.has(token);
  }

  /** `openid-configuration`, `instance-discovery` or `token`; null for what is none of Entra's business. */
  operation({ method, url }: SandboxRequest): string | null {
    if (url.pathname.endsWith('/.well-known/openid-configuration')) return 'openid-configuration';
    if (url.pathname === '/common/discovery/instance') return 'instance-discovery';
    const token = method === 'POST' && url.pathname.endsWith('/oauth2/v2.0/token');
    return token ? 'token' : null;
  }

  answer(request: SandboxRequest, operation: string): Reply {
    const { host = 'localhost' } = request.headers;
    const [, tenant = ''] = request.url.pathname.split('/');
    const authority = `http://${host}/${tenant}`;
    // Clients take an issuer for genuine only with https, whatever they fetch it from.
    const issuer = `https://${host}/${tenant}/v2.0`;
    switch (operation) {
      case 'openid-configuration':
        return armReply(openIdConfiguration(authority, issuer));
      case 'instance-discovery':
        return armReply({
          tenant_discovery_endpoint: `http://${host}/${this.tenant.tenantId}/v2.0/.well-known/openid-configuration`,
          'api-version': '1.1',
          metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
        });
      default:
        return this.token(new URLSearchParams(request.body), tenant, issuer);
    }
  }

  private token(form: URLSearchParams, tenant: string, issuer: string): Reply {
    const { tenantId, clientId, clientSecret } = this.tenant;
    if (tenant !== tenantId) {
      return refusal(400, 'invalid_request', 90002, `Tenant '${tenant}' not found.`);
    }
    if (form.get('grant_type') !== 'client_credentials') {
      return refusal(
        400,
        'unsupported_grant_type',
        70003,
        'The app requested an unsupported grant type.',
      );
    }
    if (form.get('client_id') !== clientId) {
      return refusal(
        400,
        'unauthorized_client',
        700016,
        `Application with identifier '${form.get('client_id') ?? ''}' was not found in the directory.`,
      );
    }
    if (form.get('client_secret') !== clientSecret) {
      return refusal(
        401,
        'invalid_client',
        7000215,
        `Invalid client secret provided for app '${clientId}'.`,
      );
    }
    const access_token = this.issue(issuer);
    return armReply({ token_type: 'Bearer', expires_in: 3599, ext_expires_in: 3599, access_token });
  }

  private issue(issuer: string): string {
    const { tenantId, clientId } = this.tenant;
    const part = (claims: JsonObject): string =>
      Buffer.from(JSON.stringify(claims)).toString('base64url');
    const payload = { iss: issuer, appid: clientId, tid: tenantId, uti: randomUUID() };
    const token = `${part({ typ: 'JWT', alg: 'none' })}.${part(payload)}.`;
    this.issued.add(token);
    return token;
  }
}

function openIdConfiguration(authority: string, issuer: string): JsonObject {
  return {
    issuer,
    authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
    token_endpoint: `${authority}/oauth2/v2.0/token`,
    jwks_uri: `${authority}/discovery/v2.0/keys`,
    end_session_endpoint: `${authority}/oauth2/v2.0/logout`,
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
  };
}

/** https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
function refusal(status: number, error: string, code: number, text: string): Reply {
  const trace = randomUUID();
  const timestamp = new Date().toISOString().replace('T', ' ');
  return armReply(
    {
      error,
      error_description: `AADSTS${code}: ${text} Trace ID: ${trace} Correlation ID: ${trace} Timestamp: ${timestamp}`,
      error_codes: [code],
      timestamp,
      trace_id: trace,
      correlation_id: trace,
    },
    status,
  );
}
