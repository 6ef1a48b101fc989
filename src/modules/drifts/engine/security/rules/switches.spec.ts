import { describe, expect, it } from '@jest/globals';
import { senseOf } from '../../testing/sense-of.js';

/** On is safe. */
const PROTECTIONS = [
  ['block_public_acls', 'critical'],
  ['PublicAccessBlockConfiguration.RestrictPublicBuckets', 'critical'],
  ['public_access_prevention', 'critical'],
  ['properties.disableLocalAuth', 'high'],
  ['local_account_disabled', 'high'],
  ['disable_api_termination', 'medium'],
  ['deletion_protection', 'medium'],
  ['properties.enablePurgeProtection', 'medium'],
  ['soft_delete_policy.enabled', 'medium'],
  ['mfa_delete', 'high'],
  ['enable_key_rotation', 'medium'],
  ['enable_log_file_validation', 'medium'],
  ['enable_https_traffic_only', 'high'],
  ['properties.supportsHttpsTrafficOnly', 'high'],
  ['transit_encryption_enabled', 'high'],
  ['storage_encrypted', 'high'],
  ['at_rest_encryption.enabled', 'high'],
  ['image_scanning_configuration.scan_on_push', 'high'],
  ['threat_detection_policy.state', 'high'],
  ['logging.enabled', 'high'],
  ['is_multi_region_trail', 'high'],
  ['monitoring', 'low'],
  ['versioning_configuration.status', 'medium'],
  ['point_in_time_recovery.enabled', 'medium'],
  ['require_symbols', 'medium'],
  ['iam_database_authentication_enabled', 'high'],
  ['uniform_bucket_level_access', 'high'],
  ['private_cluster_enabled', 'high'],
  ['spec.template.spec.securityContext.runAsNonRoot', 'high'],
  ['spec.containers[0].securityContext.readOnlyRootFilesystem', 'medium'],
  ['shielded_instance_config.enable_secure_boot', 'medium'],
] as const;

/** On is dangerous. */
const EXPOSURES = [
  ['publicly_accessible', 'high'],
  ['properties.publicNetworkAccess', 'high'],
  ['properties.allowBlobPublicAccess', 'high'],
  ['map_public_ip_on_launch', 'high'],
  ['associate_public_ip_address', 'high'],
  ['allow_unauthenticated_identities', 'critical'],
  ['spec.containers[0].securityContext.privileged', 'critical'],
  ['spec.hostNetwork', 'high'],
  ['spec.hostPID', 'high'],
  ['securityContext.allowPrivilegeEscalation', 'high'],
  ['spec.automountServiceAccountToken', 'medium'],
  ['force_destroy', 'medium'],
  ['skip_final_snapshot', 'medium'],
  ['insecure_ssl', 'high'],
  ['encryption_disabled', 'high'],
  ['addons_config[0].network_policy_config[0].disabled', 'high'],
  ['monitoring.disabled', 'low'],
  ['admin_enabled', 'medium'],
  ['enable_legacy_abac', 'medium'],
  ['shared_access_key_enabled', 'medium'],
  ['can_ip_forward', 'medium'],
] as const;

describe('switches', () => {
  it.each(PROTECTIONS)('%s protects', (path, severity) => {
    expect(senseOf(path, true, false)).toBe(`weakened:${severity}`);
    expect(senseOf(path, 'Enabled', 'Disabled')).toBe(`weakened:${severity}`);
    expect(senseOf(path, false, true)).toBe(`strengthened:${severity}`);
    expect(senseOf(path, true, 'ENABLED')).toBe('neutral');
  });

  it.each(EXPOSURES)('%s exposes', (path, severity) => {
    expect(senseOf(path, false, true)).toBe(`weakened:${severity}`);
    expect(senseOf(path, 'Disabled', 'Enabled')).toBe(`weakened:${severity}`);
    expect(senseOf(path, true, false)).toBe(`strengthened:${severity}`);
    expect(senseOf(path, undefined, false)).toBe('neutral');
  });

  it.each([
    ['enabled'],
    ['description'],
    ['auto_start'],
    ['multi_az'],
    ['tags.Encrypted2'],
    ['ebs_optimized'],
  ])('%s says nothing about security', (path) => {
    expect(senseOf(path, 'a', 'b')).toBe('neutral');
    if (!path.includes('Encrypted')) expect(senseOf(path, true, false)).toBe('neutral');
  });
});
