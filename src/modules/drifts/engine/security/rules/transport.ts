import type { JsonValue } from '../../../../../core/providers/index.js';
import type { SecuritySense } from '../../findings.js';
import { turned } from '../sense.js';
import { textsOf } from '../values.js';
import type { SecurityRule } from './rule.js';

const PLACE = /tls|ssl|security_?policy|protocol_?version|minimum_?protocol|min_?protocol/;

/** Both values name TLS themselves: `VersionTLS12`. */
const NAMED = /tls_?v?1.* .*tls_?v?1/i;

/**
 * Policies of AWS load balancers that do not say their lowest version plainly. `TLS13-1-2` stands for 1.3 down to 1.2.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html
 */
function policyMinimum(text: string): number | undefined {
  if (!text.startsWith('elbsecuritypolicy')) return undefined;
  const [, minor] = /(?:tls13|tls|fs)-1-(\d)/.exec(text) ?? [];
  return minor === undefined ? 10 : 10 + Number(minor);
}

/** 10 for TLS 1.0 up to 13; SSL is below all of it. Undefined where the text names no version. */
function versionOf(raw: string): number | undefined {
  const text = raw.toLowerCase();
  const policy = policyMinimum(text);
  if (policy !== undefined) return policy;
  if (/ssl_?v?[23]/.test(text)) return 0;
  if (text === 'none') return -1;
  const [, minor] =
    /tls[_-]?v?[_-]?1[._-]?([0-3])?/.exec(text) ?? /^1[._]([0-3])$/.exec(text) ?? [];
  if (minor !== undefined) return 10 + Number(minor);
  return /^tls_?v?_?1$|^1$/.test(text) ? 10 : undefined;
}

/** The lowest version a value lets in. */
function lowest(value: JsonValue | undefined): number | undefined {
  const versions = textsOf(value)
    .map(versionOf)
    .filter((one) => one !== undefined);
  return versions.length === 0 ? undefined : Math.min(...versions);
}

/** The lowest TLS version that is accepted went down or up. */
export const tlsVersion: SecurityRule = ({ path, before, after }) => {
  if (!PLACE.test(path) && !NAMED.test(`${textsOf(before).join()} ${textsOf(after).join()}`))
    return undefined;
  const [was, is] = [lowest(before), lowest(after)];
  if (was === undefined || is === undefined || was === is) return undefined;
  const worse = is < was;
  return turned(
    worse,
    'high',
    worse ? 'It accepts older versions of TLS.' : 'It no longer accepts older versions of TLS.',
  );
};

const SCHEME =
  /(^|\.)(protocol|listener_protocol|protocols|alb_protocol|backend_protocol|scheme|endpoint|url)$/;
const CLEAR = /^(http|tcp|ftp|ldap)(:\/\/.*)?$/i;
const SEALED = /^(https|tls|ftps|sftp|ldaps|ssl)(:\/\/.*)?$/i;

/** A listener or subscription speaks in clear, or no longer does. */
export const clearProtocol: SecurityRule = ({ path, before, after }) => {
  if (!SCHEME.test(path)) return undefined;
  if (Array.isArray(before) && Array.isArray(after)) return clearInList(before, after);
  if (typeof before !== 'string' || typeof after !== 'string') return undefined;
  if (SEALED.test(before) && CLEAR.test(after))
    return turned(true, 'high', 'It now speaks in clear.');
  return CLEAR.test(before) && SEALED.test(after)
    ? turned(false, 'high', 'It no longer speaks in clear.')
    : undefined;
};

/** TCP in a list says nothing: lists of a firewall hold it as well. */
function clearInList(
  before: readonly JsonValue[],
  after: readonly JsonValue[],
): SecuritySense | undefined {
  const speaksClear = (list: readonly JsonValue[]): boolean =>
    textsOf([...list]).some((text) => CLEAR.test(text) && !/^tcp/i.test(text));
  const sealed = [...textsOf([...before]), ...textsOf([...after])].some((one) => SEALED.test(one));
  const [was, is] = [speaksClear(before), speaksClear(after)];
  if (was === is || !sealed) return undefined;
  return turned(is, 'high', is ? 'It may now speak in clear.' : 'It may no longer speak in clear.');
}
