import { describe, expect, it } from '@jest/globals';
import { openKnowledge } from '../../knowledge/index.js';
import { senseOf } from '../testing/sense-of.js';

const knowledge = openKnowledge();
const aws = (type: string) => ({ type, provider: 'aws', knowledge }) as const;

describe('published checks', () => {
  it.each([
    [
      'aws_s3_bucket_public_access_block',
      'restrict_public_buckets',
      true,
      false,
      'weakened:critical',
    ],
    [
      'aws_s3_bucket_public_access_block',
      'restrict_public_buckets',
      false,
      true,
      'strengthened:critical',
    ],
    [
      'AWS::S3::Bucket',
      'PublicAccessBlockConfiguration.IgnorePublicAcls',
      true,
      false,
      'weakened:critical',
    ],
    ['aws_dms_replication_instance', 'publicly_accessible', false, true, 'weakened:critical'],
    ['aws_dms_replication_instance', 'publicly_accessible', true, undefined, 'strengthened:high'],
    ['aws_docdb_cluster', 'backup_retention_period', 7, 3, 'weakened:medium'],
    [
      'aws_docdb_cluster',
      'enabled_cloudwatch_logs_exports',
      ['audit', 'profiler'],
      ['audit'],
      'weakened:high',
    ],
    ['aws_transfer_server', 'protocols', ['SFTP'], ['SFTP', 'FTP'], 'weakened:high'],
    ['aws_datasync_task', 'cloudwatch_log_group_arn', 'arn:aws:logs:x', undefined, 'weakened:high'],
    ['aws_docdb_cluster', 'port', 27017, 27018, 'neutral'],
  ] as const)('%s %s: %j → %j', (type, path, before, after, expected) => {
    expect(senseOf(path, before, after, aws(type))).toBe(expected);
  });

  it('reads a named setting by its name', () => {
    const flag = (name: string) => ({ settings: [{ database_flags: [{ name, value: 'off' }] }] });
    const at = (name: string) =>
      senseOf('settings[0].database_flags[0].value', 'on', 'off', {
        type: 'google_sql_database_instance',
        provider: 'gcp',
        knowledge,
        declared: flag(name),
        actual: flag(name),
      });
    expect(at('cloudsql.enable_pgaudit')).toBe('weakened:high');
    expect(at('timezone')).toBe('neutral');
  });

  it.each([
    ['Microsoft.Storage/storageAccounts', 'properties.allowSharedKeyAccess', false, true],
    ['Microsoft.Storage/storageAccounts', 'properties.publicNetworkAccess', 'Disabled', 'Enabled'],
    ['Microsoft.ContainerService/managedClusters', 'properties.disableLocalAccounts', true, false],
    ['microsoft.keyvault/vaults', 'properties.enablePurgeProtection', true, undefined],
    ['Microsoft.Web/sites', 'properties.httpsOnly', true, false],
    ['Microsoft.Sql/servers', 'properties.minimalTlsVersion', '1.2', '1.0'],
  ])('asks the same of ARM: %s %s', (type, path, before, after) => {
    const setting = { type, provider: 'azure', knowledge } as const;
    expect(senseOf(path, before, after, setting)).toMatch(/^weakened:(medium|high|critical)/);
    if (after !== undefined)
      expect(senseOf(path, after, before, setting)).toMatch(/^strengthened:/);
  });

  it('finds the pod of whatever runs one', () => {
    const path = 'spec.template.spec.containers[0].securityContext.readOnlyRootFilesystem';
    const setting = { type: 'Deployment', provider: 'kubernetes', knowledge } as const;
    expect(senseOf(path, true, false, setting)).toBe('weakened:medium');
  });
});
