import { parseDocument } from 'yaml';
import { StateSourceError } from '../../../core/providers/index.js';

type Fields = Readonly<Record<string, unknown>>;

/** Entries that make a client run a program or read a file of this machine. */
const LOCAL_ENTRIES = [
  'exec',
  'auth-provider',
  'token-file',
  'tokenFile',
  'client-certificate',
  'client-key',
  'certificate-authority',
];
/** Entries that would be left out silently, and read as somebody else or unsafely. */
const UNSUPPORTED_ENTRIES = ['as', 'as-groups', 'as-uid', 'insecure-skip-tls-verify', 'proxy-url'];

/** How to reach an API server; certificates are PEM texts. */
export interface ClusterAccess {
  readonly server: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}

/**
 * One context of a kubeconfig with everything embedded. Messages name the place, never the content.
 *
 * @throws StateSourceError `credentials-invalid`
 */
export function readKubeconfig(
  source: string,
  text: string,
  context: string | undefined,
): ClusterAccess {
  const fail = (message: string): StateSourceError =>
    new StateSourceError('credentials-invalid', source, message);
  const document = parseDocument(text, { prettyErrors: false });
  const [problem] = document.errors;
  if (problem !== undefined) {
    throw fail(`the kubeconfig is not valid YAML (${problem.code}, offset ${problem.pos[0]}).`);
  }
  const config = fields(document.toJS());
  const named = (list: unknown, name: string, kind: string): Fields => {
    const entries = Array.isArray(list) ? list.map(fields) : [];
    const found = entries.find((entry) => entry.name === name);
    if (found === undefined) throw fail(`the kubeconfig has no ${kind} ${JSON.stringify(name)}.`);
    return fields(found[kind]);
  };
  const chosen = named(config.contexts, context ?? textOf(config['current-context']), 'context');
  const cluster = named(config.clusters, textOf(chosen.cluster), 'cluster');
  const user = named(config.users, textOf(chosen.user), 'user');
  const local = LOCAL_ENTRIES.find((entry) => cluster[entry] ?? user[entry]);
  if (local !== undefined) {
    throw fail(
      `the kubeconfig has ${local}, which runs a program or reads a file; embed the value instead (kubectl config view --raw --flatten), or use a token.`,
    );
  }
  const unsupported = UNSUPPORTED_ENTRIES.find((entry) => cluster[entry] ?? user[entry]);
  if (unsupported !== undefined) {
    throw fail(`the kubeconfig has ${unsupported}, which is not supported here.`);
  }
  return directAccess(textOf(cluster.server), {
    caData: textOf(cluster['certificate-authority-data']),
    token: textOf(user.token),
    username: textOf(user.username),
    password: textOf(user.password),
    clientCertificateData: textOf(user['client-certificate-data']),
    clientKeyData: textOf(user['client-key-data']),
  });
}

/** The same facts one by one; certificates as in a kubeconfig, that is PEM in base64. */
export function directAccess(
  server: string,
  given: Readonly<Record<string, string>>,
): ClusterAccess {
  const { token, username, password, caData, clientCertificateData, clientKeyData } = given;
  const pair = Buffer.from(`${username ?? ''}:${password ?? ''}`).toString('base64');
  return {
    server,
    headers: token
      ? { authorization: `Bearer ${token}` }
      : username
        ? { authorization: `Basic ${pair}` }
        : {},
    ...(caData ? { ca: decoded(caData) } : {}),
    ...(clientCertificateData ? { cert: decoded(clientCertificateData) } : {}),
    ...(clientKeyData ? { key: decoded(clientKeyData) } : {}),
  };
}

function decoded(base64: string): string {
  return Buffer.from(base64, 'base64').toString();
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : {};
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
