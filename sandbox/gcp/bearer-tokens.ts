import { generateKeyPairSync, randomBytes, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { JsonObject } from '../json.js';
import { isObject, textAt } from '../json.js';
import type { Reply, SandboxRequest } from '../server/cloud.js';
import type { GcpProject } from './gcp-estate.js';
import { GcpServiceError, errorInfo, jsonReply } from './gcp-protocol.js';

const TOKEN_URI = 'https://oauth2.googleapis.com/token';
const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

/**
 * Who is calling: by the project's static token, by a token of the token endpoint, or by a token the service account signed itself
 * (https://google.aip.dev/auth/4111). Signatures and times are checked. The keys are new on each start.
 */
export class BearerTokens {
  private readonly keys = new Map<string, { publicKey: KeyObject; pem: string; id: string }>();
  private readonly issued = new Map<string, string>();

  constructor(private readonly projects: readonly GcpProject[]) {}

  /** The content of a key file, as the console gives it. */
  keyFile({ projectId, serviceAccount }: GcpProject): string {
    const { pem, id } = this.keyOf(serviceAccount);
    return JSON.stringify({
      type: 'service_account',
      project_id: projectId,
      private_key_id: id,
      private_key: pem,
      client_email: serviceAccount,
      client_id: '100000000000000000001',
      auth_uri: 'https://accounts.google.com/o/oauth2/auth',
      token_uri: TOKEN_URI,
      universe_domain: 'googleapis.com',
    });
  }

  /** The caller's e-mail. @throws GcpServiceError */
  caller({ headers }: SandboxRequest): string {
    const token = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1];
    if (token === undefined) {
      throw refused(
        'Request is missing required authentication credential. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.',
        'CREDENTIALS_MISSING',
      );
    }
    const owner = this.projects.find((project) => project.token === token)?.serviceAccount;
    const found = owner ?? this.issued.get(token) ?? this.signer(token);
    if (found === null) {
      throw refused(
        'Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.',
        'ACCESS_TOKEN_TYPE_UNSUPPORTED',
      );
    }
    return found;
  }

  /** `POST /token`: RFC 7523, section 2.1. */
  exchange(request: SandboxRequest): Reply {
    const form = new URLSearchParams(request.body);
    if (form.get('grant_type') !== GRANT) {
      return oauthError(
        'unsupported_grant_type',
        `Invalid grant_type: ${form.get('grant_type') ?? ''}`,
      );
    }
    const signer = this.signer(form.get('assertion') ?? '');
    if (signer === null) return oauthError('invalid_grant', 'Invalid JWT Signature.');
    const token = `ya29.c.${randomBytes(32).toString('base64url')}`;
    this.issued.set(token, signer);
    return jsonReply({ access_token: token, expires_in: 3599, token_type: 'Bearer' });
  }

  /** The service account that signed a token which is good now; null for any other text. */
  private signer(token: string): string | null {
    const [head = '', body = '', signature = ''] = token.split('.');
    const claims = decode(body);
    const issuer = claims && textAt(claims, 'iss');
    const isKnown = this.projects.some(({ serviceAccount }) => serviceAccount === issuer);
    if (!claims || !issuer || !isKnown) return null;
    const { publicKey } = this.keyOf(issuer);
    const isSigned = verify(
      'RSA-SHA256',
      Buffer.from(`${head}.${body}`),
      publicKey,
      Buffer.from(signature, 'base64url'),
    );
    const now = Date.now() / 1000;
    const isCurrent = Number(claims.iat) <= now + 60 && Number(claims.exp) > now;
    return isSigned && isCurrent ? issuer : null;
  }

  private keyOf(serviceAccount: string): { publicKey: KeyObject; pem: string; id: string } {
    const known = this.keys.get(serviceAccount);
    if (known) return known;
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const key = { publicKey, pem, id: randomBytes(20).toString('hex') };
    this.keys.set(serviceAccount, key);
    return key;
  }
}

function decode(part: string): JsonObject | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}

function refused(message: string, reason: string): GcpServiceError {
  return new GcpServiceError('UNAUTHENTICATED', message, [errorInfo(reason)]);
}

function oauthError(error: string, description: string): Reply {
  return jsonReply({ error, error_description: description }, 400);
}
