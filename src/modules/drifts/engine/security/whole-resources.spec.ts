import { describe, expect, it } from '@jest/globals';
import { fieldOf } from '../testing/rule-on.js';
import { senseMissing, senseUnmanaged } from './whole-resources.js';

const missing = (type: string) => senseMissing({ ...fieldOf().pair.declared, type });
const unmanaged = (type: string) => senseUnmanaged({ ...fieldOf().pair.actual, type });

describe('whole resources', () => {
  it.each([
    ['aws_s3_bucket_public_access_block', 'critical'],
    ['aws_cloudtrail', 'critical'],
    ['AWS::CloudTrail::Trail', 'critical'],
    ['aws_guardduty_detector', 'critical'],
    ['AWS::GuardDuty::Detector', 'critical'],
    ['aws_wafv2_web_acl_association', 'critical'],
    ['AWS::WAFv2::WebACL', 'critical'],
    ['NetworkPolicy', 'critical'],
    ['kubernetes_network_policy_v1', 'critical'],
    ['aws_flow_log', 'high'],
    ['AWS::EC2::FlowLog', 'high'],
    ['google_logging_project_sink', 'high'],
    ['azurerm_monitor_diagnostic_setting', 'high'],
    ['aws_kms_key', 'high'],
    ['aws_backup_plan', 'medium'],
  ])('a missing %s weakens', (type, severity) => {
    expect(missing(type)).toMatchObject({ critical: true, direction: 'weakened', severity });
  });

  it.each([
    ['AWS::IAM::AccessKey', 'critical'],
    ['iam.googleapis.com/ServiceAccountKey', 'critical'],
    ['AWS::IAM::User', 'high'],
    ['AWS::IAM::Role', 'high'],
    ['ClusterRoleBinding', 'high'],
    ['Microsoft.Authorization/roleAssignments', 'high'],
    ['ServiceAccount', 'high'],
    ['AWS::EC2::InternetGateway', 'medium'],
    ['compute.googleapis.com/Firewall', 'medium'],
  ])('an unmanaged %s is a way in', (type, severity) => {
    expect(unmanaged(type)).toMatchObject({ critical: true, direction: 'weakened', severity });
  });

  it('says nothing about the rest', () => {
    expect(missing('aws_s3_bucket')).toBeNull();
    expect(missing('Deployment')).toBeNull();
    expect(unmanaged('AWS::S3::Bucket')).toBeNull();
    expect(unmanaged('ConfigMap')).toBeNull();
    expect(missing('aws_iam_user')).toMatchObject({ critical: false, direction: 'changed' });
  });
});
