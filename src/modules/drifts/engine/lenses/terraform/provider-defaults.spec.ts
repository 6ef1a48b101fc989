import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../../core/providers/index.js';
import { classifyUnmanaged } from '../../match/classify-unmanaged.js';
import { ownership } from '../../match/ownership.js';
import { createEstate } from '../../scan-facts.js';
import { fieldOf } from '../../testing/rule-on.js';

const NOBODY = ownership(createEstate([], []), () => []);

function classOf(type: string, properties: JsonObject, id = 'x') {
  const { actual } = fieldOf({ type, actualParent: properties }).pair;
  return classifyUnmanaged({ ...actual, id }, NOBODY).class;
}

const open = {
  block_public_acls: false,
  block_public_policy: false,
  ignore_public_acls: false,
  restrict_public_buckets: false,
};

describe('provider defaults in Terraform words', () => {
  it.each<[string, JsonObject, string?]>([
    ['aws_default_vpc', {}],
    ['aws_subnet', { default_for_az: true }],
    ['aws_security_group', { name: 'default' }],
    ['aws_s3_bucket_public_access_block', open],
    ['aws_ebs_encryption_by_default', { enabled: false }],
    ['aws_api_gateway_gateway_response', {}],
    ['aws_iam_role', { path: '/aws-service-role/ecs.amazonaws.com/' }],
    ['aws_iam_policy', {}, 'arn:aws:iam::aws:policy/ReadOnlyAccess'],
    ['aws_kms_alias', { name: 'alias/aws/s3' }],
    ['google_project_iam_member', { member: 'serviceAccount:shop@appspot.gserviceaccount.com ' }],
    ['google_compute_firewall', { name: 'default-allow-ssh' }],
    ['azurerm_resource_group', { name: 'NetworkWatcherRG' }],
  ])('knows %s %j', (type, properties, ...[id]) => {
    expect(classOf(type, properties, id)).toBe('provider-default');
  });

  it.each<[string, JsonObject, string?]>([
    ['aws_subnet', { default_for_az: false }],
    ['aws_security_group', { name: 'default-web' }],
    ['aws_s3_bucket_public_access_block', { ...open, block_public_acls: true }],
    ['aws_ebs_encryption_by_default', { enabled: true }],
    ['aws_api_gateway_gateway_response', { status_code: '403' }],
    ['aws_iam_role', { path: '/' }],
    ['aws_iam_policy', {}, 'arn:aws:iam::123456789012:policy/mine'],
    ['google_project_iam_member', { member: 'serviceAccount:a@shop.iam.gserviceaccount.com' }],
    ['google_project_iam_member', { member: 'user:eve@example.org' }],
    ['google_compute_firewall', { name: 'default-allow-all' }],
  ])('does not hide %s %j', (type, properties, ...[id]) => {
    expect(classOf(type, properties, id)).toBe('unmanaged');
  });
});
