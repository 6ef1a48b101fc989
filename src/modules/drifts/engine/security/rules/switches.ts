import type { SecuritySeverity } from '../../findings.js';
import { turned } from '../sense.js';
import { switchOf } from '../values.js';
import type { SecurityRule } from './rule.js';

interface Switch {
  /** Read against the last three words of the path, so `versioning.enabled` is found as well as `enable_versioning`. */
  readonly name: RegExp;
  /** What "on" means. */
  readonly means: 'protection' | 'exposure';
  readonly severity: SecuritySeverity;
  readonly what: string;
}

const protection = (name: RegExp, severity: SecuritySeverity, what: string): Switch => ({
  name,
  means: 'protection',
  severity,
  what,
});
const exposure = (name: RegExp, severity: SecuritySeverity, what: string): Switch => ({
  name,
  means: 'exposure',
  severity,
  what,
});

/** Asked in order; narrower names first, those whose "on" means "off" before what they switch off. */
const SWITCHES: readonly Switch[] = [
  protection(
    /block_?public|restrict_?public|ignore_?public|public_access_(prevention|block)|block_all_public/,
    'critical',
    'The block on public access',
  ),
  protection(
    /disable_?local_?auth|local_?(auth\w*|accounts?)_disabled|disable_?local_?accounts|disable_?password_?auth|disable_?execute_?api|local_?users?_disabled|disable_?basic/,
    'high',
    'The block on sign-in without an identity provider',
  ),
  protection(
    /disable_?key_?based|disable_?legacy|admin_create_user_only/,
    'medium',
    'The block on a way in',
  ),
  protection(
    /no_?public_?ip|no_?proxy_?access|internal_?ip_?only|enhanced_vpc_routing|virtual_?network_?filter/,
    'high',
    'The separation of the network',
  ),
  protection(/disable_api_(termination|stop)/, 'medium', 'Deletion protection'),
  exposure(
    /encryption_?disabled|disable_?encryption|unencrypted/,
    'high',
    'Storage without encryption',
  ),
  exposure(
    /log(ging|s)?_?disabled|disable_?(logging|audit)|audit\w*_disabled/,
    'high',
    'Running without logs',
  ),
  exposure(
    /insecure|non_?ssl|skip_?(tls|ssl|cert)?_?verif|allow_?http\b|http_?allowed|accept_invalid|disable_(tls|ssl|https)/,
    'high',
    'Traffic without a checked certificate',
  ),
  exposure(
    /skip_?final_?snapshot|delete_automated_backups/,
    'medium',
    'Deletion without a last copy',
  ),
  exposure(/force_?(destroy|delete)/, 'medium', 'Deletion together with everything inside'),
  protection(
    /deletion_?protect|delet\w*_lock|termination_?protect|delete_?protect|destroy_?protect|prevent_?destroy|purge_?protect|drop_protection/,
    'medium',
    'Deletion protection',
  ),
  protection(/soft_?delete|delete_retention|container_delete/, 'medium', 'Recovery after deletion'),
  protection(/mfa|multi_?factor|two_?factor|second_factor|2sv/, 'high', 'The second factor'),
  protection(
    /(key_)?rotation(_enabled)?$|enable_key_rotation|auto_?rotat|rotation\.enabled/,
    'medium',
    'Key rotation',
  ),
  protection(/log_?file_?validation|integrity_?monitoring/, 'medium', 'The check of integrity'),
  exposure(/unauthenticated|anonymous|guest_?access/, 'critical', 'Access without sign-in'),
  exposure(/(^|[._])privileged(_?mode)?$/, 'critical', 'Privileged mode'),
  exposure(/host_?(network|pid|ipc|process)$/, 'high', 'Access to the host'),
  exposure(/allow_?privilege_?escalation/, 'high', 'Privilege escalation'),
  exposure(/auto_?mount_?service_?account_?token/, 'medium', 'The mounted service account token'),
  exposure(/share_?process_?namespace/, 'medium', 'The shared process namespace'),
  protection(/read_?only_?root_?file/, 'medium', 'The read-only root file system'),
  protection(/run_?as_?non_?root/, 'high', 'The ban on running as root'),
  exposure(
    /publicly_?accessible|public_?network_?access|public_?(ip|endpoint|access)(?!_?(prevention|block))|allow_?(blob|nested_items_to_be)_?public|items_to_be_public|map_?public|associate_?public|assign_?public|node_?public_?ip|ipv4_?enabled|direct_?internet|internet_?access|allow_?public|is_?public$|outbound_?access/,
    'high',
    'Reach from the internet',
  ),
  exposure(
    /serial_?port|can_?ip_?forward|ip_?forwarding|root_?access|admin_?(user_?)?enabled|legacy_?(abac|auth|metadata)|basic_?auth|shared_?(access_)?key|access_?key_metadata_writes|password_?auth\w*(_?enabled)?$|allow_?forwarded|cross_tenant_replication|ftp_enabled|remote_?debug|local_?users?_?enabled|auto_?accept|export_?policy/,
    'medium',
    'A way in that should be shut',
  ),
  protection(
    /https?_?only|https_traffic_only|secure_?transport|(enforce|require)_?(ssl|tls|https|secure)|ssl_?enforc|in_?transit|transit_encryption|ssl_?enabled|tls_?enabled|client_?cert\w*_?enabled|dnssec|(ssl|https)_?redirect|force_?ssl|(^|\.)(tls|ssl)(\.self_signed_certificate)?(\.\w+abled)?$/,
    'high',
    'Encryption of the traffic',
  ),
  protection(/encrypt|(^|[._])(sse|cmk|cmek)([._]|$)/, 'high', 'Encryption'),
  protection(
    /threat|defender|guard_?duty|inspector|security_?hub|macie|detector|vulnerab|scan_?on_?push|scann?ing|malware|anomaly|quarantine/,
    'high',
    'Detection of threats',
  ),
  protection(
    /audit|(access_|flow_|query_|general_)?logging|(^|[._])(flow_)?logs?([._]|$)|log_config|multi_?region_?trail|include_?global_?service|recording|log_(connections|disconnections|checkpoints|statement)/,
    'high',
    'Logging',
  ),
  protection(
    /monitoring|performance_insights|tracing|x_?ray|metrics_enabled|insights/,
    'low',
    'Monitoring',
  ),
  protection(
    /versioning|point_?in_?time|(^|[._])backups?([._]|_|$)|snapshot_enabled|object_?lock|immutab|continuous_backup|pitr|geo_redundant_backup|is_?locked$/,
    'medium',
    'The way back to earlier data',
  ),
  protection(
    /require_(upper|lower|symbols?|numbers?|non_alpha)|password_complexity|hard_expiry/,
    'medium',
    'A demand on passwords',
  ),
  protection(
    /iam_?database_?auth|iam_?auth|(^|[._])rbac|role_?based_?access|azure_?ad|entra|uniform_?bucket|binary_?auth|workload_?identity|http_?tokens|os_?login|auth(entication)?_?enabled|token_revocation|block_project_ssh/,
    'high',
    'Access by identity',
  ),
  protection(
    /network_?isolation|private_?(cluster|nodes|endpoint|access|link|network|ip_google)|endpoint_?private|network_?policy|authorized_?networks?\w*\.enabled|(^|[._])waf|firewall(_\w+)?[._]?enabled|security_policy/,
    'high',
    'The separation of the network',
  ),
  protection(
    /shielded|secure_?boot|v_?tpm|trusted_?launch|confidential|host_encryption|enforce|pod_security/,
    'medium',
    'A protection',
  ),
];

const DISABLES = /(^|_)disabled?$|^disable_/;

/** A switch whose name says what it protects, or what it exposes, was turned. */
export const switchTurned: SecurityRule = ({ words, before, after }) => {
  const [was, is] = [switchOf(before), switchOf(after)];
  if (
    was === is ||
    (was === undefined && before !== undefined) ||
    (is === undefined && after !== undefined)
  )
    return undefined;
  const name = words.slice(-3).join('.');
  const found = SWITCHES.find((one) => one.name.test(name));
  if (found === undefined) return undefined;
  const { means, severity, what } = found;
  // `network_policy_config.disabled`: here "on" is the loss, unless the row itself speaks of disabling.
  const inverse = DISABLES.test(words.at(-1) ?? '') && !found.name.source.includes('disabl');
  const dangerous = (means === 'exposure') !== inverse;
  // What is off where nothing was said is usually the default: no news for an exposure, a loss for a protection.
  if (dangerous && was !== 'on' && is !== 'on') return undefined;
  const isOn = is === 'on';
  const isOff = is === 'off' || (is === undefined && was === 'on');
  if (!isOn && !isOff) return undefined;
  const gone =
    is === undefined ? 'is not there any more' : `was turned ${isOn !== inverse ? 'on' : 'off'}`;
  return turned(dangerous === isOn, severity, `${what} ${gone}.`);
};
