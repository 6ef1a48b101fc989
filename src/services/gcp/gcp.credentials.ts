import { createPrivateKey } from 'node:crypto';
import { GoogleAuth, JWT, OAuth2Client } from 'google-auth-library';
import type { AuthClient, JWTInput } from 'google-auth-library';
import type { InventoryConnection } from '../../core/providers/index.js';
import { invalid } from './gcp.connection.js';
import type { GcpInventoryOptions } from './gcp.options.js';

/** Read-only is not offered by Cloud Asset Inventory: https://developers.google.com/identity/protocols/oauth2/scopes#cloudasset */
const SCOPES = ['https://www.googleapis.com/auth/cloud-platform'];

export interface GcpCredential {
  /** Who it is as far as the credential itself says: an e-mail, or what kind of credential. */
  readonly principal: string;
  /** The project of a service account; null when the credential names none. */
  readonly projectId: string | null;
  /** A new client each time, so that nothing of one scan outlives it. */
  createAuth(): Promise<AuthClient>;
}

/** @throws InventoryError when the connection holds nothing usable, or what only the command line may use */
export function readCredential(
  { credentials }: InventoryConnection,
  { localCredentials }: GcpInventoryOptions,
): GcpCredential {
  const { serviceAccountKey, accessToken, credentialsFile } = credentials;
  if (serviceAccountKey) return fromDocument(serviceAccountKey, localCredentials);
  if (accessToken) {
    return {
      principal: 'access token',
      projectId: null,
      createAuth: () => Promise.resolve(withToken(accessToken)),
    };
  }
  if (!localCredentials) {
    const file = credentialsFile ? 'a file name is not accepted here; ' : '';
    throw invalid(
      `The Google credentials need serviceAccountKey or accessToken (${file}the key is given by its content)`,
    );
  }
  return {
    principal: credentialsFile ? 'credentials file' : 'application default credentials',
    projectId: null,
    createAuth: () =>
      new GoogleAuth({
        scopes: SCOPES,
        ...(credentialsFile ? { keyFilename: credentialsFile } : {}),
      }).getClient(),
  };
}

function fromDocument(text: string, localCredentials: boolean): GcpCredential {
  const document = parse(text);
  if (document.type === 'service_account') return fromServiceAccount(document);
  // The others name hosts to ask, files to read or programs to run.
  if (!localCredentials) {
    throw invalid(
      `Google credentials of type ${nameOf(document)} are not accepted here; use the key of a service account (type service_account)`,
    );
  }
  return {
    principal: document.client_email ?? `${nameOf(document)} credentials`,
    projectId: document.project_id ?? null,
    createAuth: () => new GoogleAuth({ scopes: SCOPES, credentials: document }).getClient(),
  };
}

/**
 * The SDK signs each request's token with the key itself and exchanges nothing, so neither `token_uri` nor any other address in the
 * document is ever called: https://google.aip.dev/auth/4111
 */
function fromServiceAccount(document: JWTInput): GcpCredential {
  const { client_email: email, private_key: key, private_key_id: keyId } = document;
  if (!email || !key) throw invalid('The service account key has no client_email or private_key');
  if (document.universe_domain && document.universe_domain !== 'googleapis.com') {
    throw invalid('Only service accounts of googleapis.com are supported');
  }
  try {
    createPrivateKey(key);
  } catch {
    throw invalid('The private_key of the service account key is not a readable PEM key');
  }
  return {
    principal: email,
    projectId: document.project_id ?? null,
    createAuth: () =>
      Promise.resolve(new JWT({ email, key, scopes: SCOPES, ...(keyId ? { keyId } : {}) })),
  };
}

function withToken(token: string): OAuth2Client {
  const client = new OAuth2Client();
  client.setCredentials({ access_token: token });
  return client;
}

function parse(text: string): JWTInput {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
  } catch {
    // Said below: the parser's own message quotes the text.
  }
  throw invalid('serviceAccountKey is not JSON: give the content of the key file, not its name');
}

/** The type as it may be shown: whatever else stands there is not repeated. */
function nameOf({ type }: JWTInput): string {
  return type && /^[a-z_]{1,60}$/.test(type) ? type : 'unknown';
}
