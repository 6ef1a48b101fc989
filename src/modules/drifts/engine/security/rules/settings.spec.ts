import { describe, expect, it } from '@jest/globals';
import type { JsonValue } from '../../../../../core/providers/index.js';
import { senseOf } from '../../testing/sense-of.js';

const absent = undefined;
type Row = readonly [
  path: string,
  safer: JsonValue | undefined,
  worse: JsonValue | undefined,
  severity: string,
];

/** From the first value to the second weakens, back strengthens. */
const LADDERS: readonly Row[] = [
  ['metadata_options.http_tokens', 'required', 'optional', 'high'],
  ['acl', 'private', 'public-read', 'critical'],
  ['container_access_type', 'private', 'blob', 'critical'],
  ['network_rules.default_action', 'Deny', 'Allow', 'critical'],
  ['rule.apply_server_side_encryption_by_default.sse_algorithm', 'aws:kms', 'AES256', 'high'],
  ['encryption_type', 'KMS', 'NONE', 'high'],
  ['ssl_mode', 'ENCRYPTED_ONLY', 'ALLOW_UNENCRYPTED_AND_ENCRYPTED', 'high'],
  ['viewer_protocol_policy', 'redirect-to-https', 'allow-all', 'high'],
  ['mfa_configuration', 'ON', 'OPTIONAL', 'high'],
  ['image_tag_mutability', 'IMMUTABLE', 'MUTABLE', 'high'],
  ['authorization_type', 'AWS_IAM', 'NONE', 'high'],
  ['webhooks[0].failurePolicy', 'Fail', 'Ignore', 'high'],
  ['metadata.labels["pod-security.kubernetes.io/enforce"]', 'restricted', 'privileged', 'critical'],
  ['spec.securityContext.seccompProfile.type', 'RuntimeDefault', 'Unconfined', 'high'],
  ['settings.logging_level', 'INFO', 'OFF', 'medium'],
  ['minimum_tls_version', '1.2', '1.0', 'high'],
  ['min_tls_version', 'TLS1_2', 'TLS1_0', 'high'],
  ['viewer_certificate.minimum_protocol_version', 'TLSv1.2_2021', 'TLSv1', 'high'],
  ['ssl_policy', 'ELBSecurityPolicy-TLS13-1-2-2021-06', 'ELBSecurityPolicy-2016-08', 'high'],
  ['origin_ssl_protocols', ['TLSv1.2'], ['TLSv1', 'TLSv1.2'], 'high'],
  ['backup_retention_period', 14, 1, 'medium'],
  ['retention_in_days', 0, 30, 'medium'],
  ['retention_in_days', 365, 30, 'medium'],
  ['minimum_password_length', 14, 8, 'medium'],
  ['max_password_age', 90, 0, 'low'],
  ['rotation_period', '7776000s', '31536000s', 'medium'],
  ['rotation_rules.automatically_after_days', 30, 365, 'medium'],
  ['kms_key_id', 'arn:aws:kms:eu-west-1:111122223333:key/a', absent, 'high'],
  ['access_logs.bucket', 'logs', absent, 'high'],
  ['logging', { target_bucket: 'logs' }, absent, 'high'],
  ['enabled_cluster_log_types', ['api', 'audit'], ['api'], 'high'],
  ['web_acl_id', 'arn:aws:wafv2:x', absent, 'high'],
  ['protocol', 'HTTPS', 'HTTP', 'high'],
  ['securityContext.capabilities.add', [], ['SYS_ADMIN'], 'critical'],
  ['securityContext.capabilities.drop', ['ALL'], [], 'high'],
  ['spec.volumes[0].hostPath.path', absent, '/', 'critical'],
  ['containers[0].ports[0].hostPort', absent, 80, 'medium'],
  ['securityContext.runAsUser', 1000, 0, 'high'],
  ['environment.variables.DB_PASSWORD', '{{resolve:secretsmanager:db}}', 'hunter2', 'high'],
  ['containers[0].env[1]', absent, { name: 'API_TOKEN', value: 'abc' }, 'high'],
];

describe('settings with a better and a worse value', () => {
  it.each(LADDERS)('%s: %j is safer than %j', (path, safer, worse, severity) => {
    expect(senseOf(path, safer, worse).split(':')[0]).toBe('weakened');
    expect(senseOf(path, worse, safer).split(':')[0]).toBe('strengthened');
    const grades = [senseOf(path, safer, worse), senseOf(path, worse, safer)];
    expect(grades.some((grade) => grade.endsWith(`:${severity}`))).toBe(true);
  });

  it.each([
    ['kms_key_id', 'key/a', 'key/b', 'changed:medium'],
    ['access_logs.bucket', 'logs', 'other', 'changed:medium'],
    ['viewer_protocol_policy', 'redirect-to-https', 'https-only', 'neutral'],
    [
      'ssl_policy',
      'ELBSecurityPolicy-TLS-1-2-2017-01',
      'ELBSecurityPolicy-TLS13-1-2-2021-06',
      'neutral',
    ],
    ['securityContext.runAsUser', 1000, 2000, 'neutral'],
    ['environment.variables.LOG_FORMAT', 'json', 'text', 'neutral'],
    ['instance_type', 't3.micro', 't3.large', 'neutral'],
    ['tags.Owner', 'a', 'b', 'neutral'],
    ['spec.replicas', 1, 3, 'neutral'],
  ] as const)('%s: %j → %j', (path, before, after, expected) => {
    expect(senseOf(path, before, after)).toBe(expected);
  });
});

describe('reach of a service', () => {
  it('knows how far each kind reaches', () => {
    const service = { type: 'Service', provider: 'kubernetes' } as const;
    expect(senseOf('spec.type', 'ClusterIP', 'LoadBalancer', service)).toBe('weakened:medium');
    expect(senseOf('spec.type', 'LoadBalancer', 'ClusterIP', service)).toBe('strengthened:medium');
    expect(senseOf('spec.type', 'A', 'B', { type: 'Widget' })).toBe('neutral');
  });
});
