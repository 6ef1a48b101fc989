import { MemoryBuckets, QuotaLimiter } from '../../core/http/client/index.js';
import { OutboundGuard } from '../../core/http/outbound/index.js';
import type { StateSourceAccess } from '../../core/providers/index.js';
import { STATE_SOURCES } from '../../modules/iac/sources/catalogue.js';
import type { LocalDocument } from '../../modules/iac/sources/local-documents.js';
import { readable } from '../../modules/iac/sources/retried-document.js';
import { StateSources } from '../../modules/iac/sources/state-sources.js';
import type { CommandContext } from '../command-context.js';

/** Whoever names a store here owns the machine. */
const ACCESS: StateSourceAccess = {
  outbound: OutboundGuard.unrestricted(),
  localCredentials: true,
  maxBytes: 2 * 1024 * 1024 * 1024,
  idleMs: 60_000,
  limits: new QuotaLimiter({ store: new MemoryBuckets() }),
};

/** Variables the tools themselves read, by kind of source; what is not listed finds its credentials as its tool does. */
const VARIABLES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  http: { TF_HTTP_USERNAME: 'username', TF_HTTP_PASSWORD: 'password' },
  pg: { PGUSER: 'username', PGPASSWORD: 'password' },
  tfe: { TFE_TOKEN: 'token' },
  consul: { CONSUL_HTTP_TOKEN: 'token' },
  gcs: { GOOGLE_OAUTH_ACCESS_TOKEN: 'accessToken' },
  azurerm: {
    ARM_ACCESS_KEY: 'accountKey',
    ARM_SAS_TOKEN: 'sasToken',
    ARM_TENANT_ID: 'tenantId',
    ARM_CLIENT_ID: 'clientId',
    ARM_CLIENT_SECRET: 'clientSecret',
  },
  git: { GIT_USERNAME: 'username', GIT_TOKEN: 'token' },
};
const USER_INFO = /^([a-z0-9+.:-]*:\/\/)([^/@?#]*)@/i;

/**
 * The documents behind a URL, with the credentials of this machine; open each before asking for the next.
 *
 * @throws DomainError `SOURCE.*`
 */
export async function* remoteDocuments(
  text: string,
  { environment, signal }: CommandContext,
): AsyncGenerator<LocalDocument> {
  const { url, credentials: own } = withoutUserInfo(text);
  const recognised = new StateSources(STATE_SOURCES).recognise(url);
  const variables = Object.entries(VARIABLES[recognised.location] ?? {});
  const found = variables.flatMap(([name, field]) =>
    environment[name] ? [[field, environment[name]] as const] : [],
  );
  const source = recognised.open({ ...Object.fromEntries(found), ...own }, ACCESS);
  try {
    for await (const document of source.documents(signal)) {
      yield { document: readable(document), named: document.named !== false };
    }
  } finally {
    await source.close?.();
  }
}

/** `pg://user:password@host/…` is how people write it; from here on the URL carries no credential. */
function withoutUserInfo(text: string): { url: string; credentials: Record<string, string> } {
  const [all, scheme, userInfo] = USER_INFO.exec(text) ?? [];
  if (all === undefined || scheme === undefined || userInfo === undefined) {
    return { url: text, credentials: {} };
  }
  const at = userInfo.indexOf(':');
  const username = decodeURIComponent(at === -1 ? userInfo : userInfo.slice(0, at));
  const password = at === -1 ? '' : decodeURIComponent(userInfo.slice(at + 1));
  return {
    url: scheme + text.slice(all.length),
    credentials: { username, ...(password === '' ? {} : { password }) },
  };
}
