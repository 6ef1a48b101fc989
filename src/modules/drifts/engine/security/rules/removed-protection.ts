import type { SecuritySeverity } from '../../findings.js';
import { changed, strengthened, weakened } from '../sense.js';
import { isNothing, switchOf } from '../values.js';
import type { SecurityRule } from './rule.js';

interface Configuration {
  readonly path: RegExp;
  readonly severity: SecuritySeverity;
  readonly what: string;
}

/** Settings whose value is a reference: that one is there is the protection. */
const CONFIGURATIONS: readonly Configuration[] = [
  {
    path: /kms|(^|[._])cmk|customer_?managed_?key|key_?vault_?(key|uri)|encryption_?(key|config\w*|set|settings?)|disk_encryption|server_?side_?encryption|default_?encryption/,
    severity: 'high',
    what: 'The encryption key',
  },
  {
    path: /(access_|flow_|audit_|s3_|connection_)?log(ging|s)?_?(config\w*|settings?|destination\w*|bucket|group\w*|analytics\w*|publishing\w*|delivery\w*|stream\w*|export\w*|types?)|(^|[._])(access_log|audit_log|log_delivery|logging|diagnostic|flow_log)\w*[._]/,
    severity: 'high',
    what: 'The destination of logs',
  },
  {
    path: /web_?acl|security_?policy_?(id|link|arn)$|waf_policy|firewall_policy_id/,
    severity: 'high',
    what: 'The web firewall',
  },
  { path: /guardrail/, severity: 'high', what: 'The guardrail' },
  {
    path: /backup_?(policy|plan|vault|config\w*)|replica(tion)?_configuration|lifecycle_lock|retention_policy/,
    severity: 'medium',
    what: 'The backup or retention policy',
  },
  {
    path: /origin_access_(control|identity)|private_network$|authorizer_?id|user_pool_?id$|certificate_?(arn|id)$|client_ca|ca_certificate|mutual_tls|trust_?store/,
    severity: 'medium',
    what: 'What checks who comes in',
  },
];

/** A configuration that protects is gone, set, or points elsewhere. */
export const removedProtection: SecurityRule = ({ path, before, after }) => {
  if (switchOf(before) !== undefined && switchOf(after) !== undefined) return undefined;
  const found = CONFIGURATIONS.find((one) => one.path.test(path));
  if (found === undefined) return undefined;
  const { severity, what } = found;
  const [was, is] = [!isNothing(before), !isNothing(after)];
  if (was && !is) return weakened(severity, `${what} is gone.`);
  if (!was && is) return strengthened(severity, `${what} was set.`);
  return was && is ? changed('medium', `${what} was exchanged.`) : undefined;
};

const LISTED =
  /enabled?_?(cluster_)?(cloudwatch_)?log|log_?(types?|exports?|categor)|event_types|audit_log_configs|enabled_log|data_?sources?\.|threat|drop$/;

/** Kinds of logs are listed one by one: a shorter list records less. */
export const recordedKinds: SecurityRule = ({ path, before, after }) => {
  if (!LISTED.test(path) || path.endsWith('capabilities.drop')) return undefined;
  const [was, is] = [before, after].map((side) =>
    Array.isArray(side) ? side : side === undefined ? [] : undefined,
  );
  if (was === undefined || is === undefined) return undefined;
  const gone = was.filter((one) => !is.includes(one));
  const come = is.filter((one) => !was.includes(one));
  if (gone.length > 0) return weakened('high', 'Less is logged than before.');
  return come.length > 0 ? strengthened('high', 'More is logged than before.') : undefined;
};
