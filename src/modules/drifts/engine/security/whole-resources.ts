import type { ActualResource, DeclaredResource } from '../../../../core/providers/index.js';
import type { SecuritySense, SecuritySeverity } from '../findings.js';
import { changed, weakened } from './sense.js';
import { snakeCase } from './words.js';

interface Kind {
  /** Read against the type in snake case: `aws_cloudtrail`, `aws_cloud_trail_trail`, `network_policy`. */
  readonly type: RegExp;
  readonly severity: SecuritySeverity;
  readonly what: string;
}

/** Resources that are themselves a protection: their absence weakens whatever they stood for. */
const PROTECTIONS: readonly Kind[] = [
  { type: /public_access_block/, severity: 'critical', what: 'The block on public access' },
  {
    type: /cloud_?trail(_trail)?$|cloud_trail_event_data_store/,
    severity: 'critical',
    what: 'The audit trail',
  },
  {
    type: /guard_?duty_detector|security_?hub|inspector|macie|security_center|defender|scc_|access_?analyzer/,
    severity: 'critical',
    what: 'The detection of threats',
  },
  {
    type: /waf|web_acl|security_policy$|firewall_policy|network_?firewall(_firewall)?$|fms_policy/,
    severity: 'critical',
    what: 'The firewall',
  },
  {
    type: /network_?policy$|network_policies|authorization_policy|peer_authentication/,
    severity: 'critical',
    what: 'The network policy',
  },
  {
    type: /pod_?security_?policy|validating_?(webhook|admission)|admission_policy|constraint_template/,
    severity: 'critical',
    what: 'The admission control',
  },
  {
    type: /flow_?logs?$|logging_(project_|organization_|folder_)?sink|log_?sink|diagnostic_?settings?$|audit_config|auditing_policy|bucket_logging|config_(configuration_)?recorder|configuration_recorder|query_logging/,
    severity: 'high',
    what: 'The record of what happens',
  },
  {
    type: /server_side_encryption|encryption_by_default|transparent_data_encryption|disk_encryption_set|kms_key$|kms_(crypto_)?key|crypto_key$|key_?vault_key|vaults_keys/,
    severity: 'high',
    what: 'The encryption or its key',
  },
  {
    type: /network_security_group$|network_security_groups$|security_group_(\w+_)?rule$|security_group_(in|e)gress$|network_acl_(rule|entry)$|firewall_rule$|compute_firewall$/,
    severity: 'medium',
    what: 'A network rule',
  },
  {
    type: /password_policy|mfa_device|conditional_access|scp|organizations_policy$|policy_assignment|org_policy|organization_policy|management_lock|resource_lock|_locks$/,
    severity: 'high',
    what: 'The rule for identities',
  },
  {
    type: /backup_(vault|plan|selection|policy|protected)|backup_vault_lock|bucket_versioning|object_lock|recovery_services|replication_configuration/,
    severity: 'medium',
    what: 'The way back to earlier data',
  },
  {
    type: /rotation_schedule|secret_rotation|detective_control|alarm$|metric_alarm|activity_log_alert|alert_policy/,
    severity: 'medium',
    what: 'A control',
  },
];

/** Resources that give somebody a way in: one that no code declares is worth a look before anything else. */
const IDENTITIES: readonly Kind[] = [
  {
    type: /access_?key$|service_account_key|login_profile|ssh_public_key|application_password|service_principal_password|client_secret|api_?key$|apikeys/,
    severity: 'critical',
    what: 'A credential',
  },
  {
    type: /(^|_)iam_user$|user_login|cognito_user$|_users?$|(^|_)user$/,
    severity: 'high',
    what: 'A user',
  },
  {
    type: /(^|_)iam_(role|group)$|service_accounts?$|service_principal|application_registration|managed_identit|user_assigned_identit|saml_provider|oidc_provider|open_id_connect|openid|identity_provider/,
    severity: 'high',
    what: 'An identity',
  },
  {
    type: /role_binding$|role_assignments?$|_iam_(member|binding|policy)|policy_attachment|(user|role|group|managed|bucket|queue|topic|key|resource|permission)_policy$|lambda_permission$|(cluster_)?role$|role_definitions?$/,
    severity: 'high',
    what: 'A grant',
  },
  {
    type: /internet_gateway|vpc_peering|public_ip|elastic_ip|_eip$|vpn_gateway|vpn_connection|transit_gateway_attachment|private_link|bastion|nat_gateway/,
    severity: 'medium',
    what: 'A way through the network',
  },
  {
    type: /security_group(_rule|_ingress|_ingress_rule)?$|firewall_rules?$|(^|_)firewalls?$|network_security_rule/,
    severity: 'medium',
    what: 'A network rule',
  },
];

/** `AWS::S3::Bucket` → `aws_s3_bucket`, `compute.googleapis.com/Firewall` → `compute_firewall`, `NetworkPolicy` → `network_policy`. */
function typeWords(type: string): string {
  return snakeCase(
    type
      .replace(/\.googleapis\.com\//, '_')
      .replace(/::/g, '_')
      .replace(/[/.]/g, '_'),
  )
    .replace(/_+/g, '_')
    .replace(/_v\d+(?:(?:alpha|beta)\d+)?$/, '');
}

const kindOf = (kinds: readonly Kind[], type: string): Kind | undefined => {
  const words = typeWords(type);
  return kinds.find((kind) => kind.type.test(words));
};

/** What it means for security that a declared resource is gone; null when no rule knows. */
export function senseMissing({ type }: DeclaredResource): SecuritySense | null {
  const kind = kindOf(PROTECTIONS, type);
  if (kind) return weakened(kind.severity, `${kind.what} is gone.`);
  const identity = kindOf(IDENTITIES, type);
  return identity ? changed('low', `${identity.what} is gone.`) : null;
}

/** What it means that a live resource exists which no code declares; null when no rule knows. */
export function senseUnmanaged({ type }: ActualResource): SecuritySense | null {
  const kind = kindOf(IDENTITIES, type);
  return kind ? weakened(kind.severity, `${kind.what} that no code declares.`) : null;
}
