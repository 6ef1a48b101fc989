import type { JsonValue } from '../../../../core/providers/index.js';
import type { Pair } from '../field.js';
import type { Finding, SecuritySense } from '../findings.js';

export type SecurityRule = (finding: Finding, pair: Pair) => SecuritySense | undefined;

function texts(value: JsonValue, into: string[] = []): string[] {
  if (typeof value === 'string') into.push(value);
  else if (Array.isArray(value)) for (const item of value) texts(item, into);
  else if (typeof value === 'object' && value !== null)
    for (const item of Object.values(value)) texts(item, into);
  return into;
}

const WORLD = new Set([
  '0.0.0.0/0',
  '::/0',
  '0.0.0.0/0 ',
  'Internet',
  'allUsers',
  'allAuthenticatedUsers',
]);
const holdsWorld = (value: JsonValue): boolean => texts(value).some((text) => WORLD.has(text));

/** A range or principal that means everybody appears or disappears. */
const worldOpen: SecurityRule = ({ declared, actual }) => {
  const before = holdsWorld(declared);
  const after = holdsWorld(actual);
  if (before === after) return undefined;
  return after
    ? { critical: true, direction: 'weakened', reason: 'It is now open to everybody.' }
    : { critical: false, direction: 'strengthened', reason: 'It is no longer open to everybody.' };
};

const PROTECTION =
  /encrypt|block_?public|restrict_?public|ignore_?public|deletion_?protect|(^|[._])mfa|logging|log_file_validation|enforce|ssl|tls|https_only|private|immutab|read_?only_?root|run_?as_?non_?root|key_?rotation|point_?in_?time|backup|versioning/i;
const EXPOSURE =
  /public(ly)?_?access|publicly|map_?public_?ip|privileged|host_?(network|pid|ipc|path)|allow_?privilege|force_?destroy|anonymous|associate_?public|skip_/i;

const ON = new Set<JsonValue>([true, 'true', 'Enabled', 'ENABLED', 'enabled', 'On', 'ON', 'on']);
const OFF = new Set<JsonValue>([
  false,
  'false',
  'Disabled',
  'DISABLED',
  'disabled',
  'Off',
  'OFF',
  'off',
  'Suspended',
  null,
]);

/** `BlockPublicAcls` and `block_public_acls` are read alike. */
function words(path: string): string {
  return path.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}

/** A switch whose name says what it protects, or what it exposes, was turned. */
const switchTurned: SecurityRule = ({ declared, actual, path }) => {
  const turnedOff = ON.has(declared) && OFF.has(actual);
  const turnedOn = OFF.has(declared) && ON.has(actual);
  if (!turnedOff && !turnedOn) return undefined;
  const name = words(path);
  const exposes = EXPOSURE.test(name) && !PROTECTION.test(name);
  if (!exposes && !PROTECTION.test(name)) return undefined;
  const weakened = exposes ? turnedOn : turnedOff;
  return {
    critical: weakened,
    direction: weakened ? 'weakened' : 'strengthened',
    reason: `${exposes ? 'An exposure' : 'A protection'} was turned ${turnedOn ? 'on' : 'off'}.`,
  };
};

const wildcard = (value: JsonValue): boolean =>
  texts(value).some((text) => text === '*' || /^[a-z0-9-]+:\*$/.test(text));

/** `*` as an action or principal of a policy, or as a verb or resource of a role, appears or disappears. */
const wildcardGrant: SecurityRule = ({ declared, actual, path }) => {
  if (!/action|principal|policy|verbs|resources|apigroups|statement|assume_role/.test(words(path)))
    return undefined;
  const before = wildcard(declared);
  const after = wildcard(actual);
  if (before === after) return undefined;
  return after
    ? { critical: true, direction: 'weakened', reason: 'It now grants everything (*).' }
    : { critical: false, direction: 'strengthened', reason: 'It no longer grants everything (*).' };
};

/** Asked in order; the first that speaks wins. */
export const SECURITY_RULES: readonly SecurityRule[] = [worldOpen, wildcardGrant, switchTurned];
