import type {
  ActualResource,
  DeclaredResource,
  JsonObject,
  JsonValue,
} from '../../src/core/providers/index.js';
import { NO_SCOPE } from '../../src/core/providers/index.js';

/** A Terraform-like instance of about 2.3 KB, with the nesting, lists and JSON text real ones have. */
function attributes(index: number): JsonObject {
  const account = '111122223333';
  return {
    id: `i-${index.toString(16).padStart(17, '0')}`,
    arn: `arn:aws:ec2:eu-west-1:${account}:instance/i-${index.toString(16).padStart(17, '0')}`,
    ami: `ami-0${(index % 97).toString(16)}`,
    instance_type: ['t3.micro', 'm6i.large', 'c6i.xlarge'][index % 3] ?? 't3.micro',
    availability_zone: `eu-west-1${'abc'[index % 3] ?? 'a'}`,
    monitoring: index % 2 === 0,
    ebs_optimized: true,
    associate_public_ip_address: false,
    key_name: `team-${index % 12}`,
    subnet_id: `subnet-${(index % 60).toString(16).padStart(8, '0')}`,
    private_ip: `10.${index % 200}.${(index >> 8) % 200}.${index % 250}`,
    vpc_security_group_ids: [1, 2, 3].map(
      (n) => `sg-${((index + n) % 90).toString(16).padStart(8, '0')}`,
    ),
    root_block_device: [
      {
        device_name: '/dev/xvda',
        encrypted: true,
        iops: 3000,
        throughput: 125,
        volume_size: 40,
        volume_type: 'gp3',
        delete_on_termination: true,
      },
    ],
    ebs_block_device: [1, 2].map((n) => ({
      device_name: `/dev/sd${'fg'[n - 1] ?? 'f'}`,
      encrypted: true,
      iops: 3000,
      volume_size: 100 * n,
      volume_type: 'gp3',
      kms_key_id: `arn:aws:kms:eu-west-1:${account}:key/0000-${index % 7}`,
      tags: { Name: `data-${index}-${n}`, Backup: 'daily' },
    })),
    metadata_options: [
      {
        http_endpoint: 'enabled',
        http_tokens: 'required',
        http_put_response_hop_limit: 1,
        instance_metadata_tags: 'disabled',
      },
    ],
    credit_specification: [{ cpu_credits: 'standard' }],
    iam_instance_profile: `profile-${index % 40}`,
    inline_policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'read',
          Effect: 'Allow',
          Action: ['s3:GetObject', 's3:ListBucket'],
          Resource: [`arn:aws:s3:::bucket-${index}`, `arn:aws:s3:::bucket-${index}/*`],
        },
      ],
    }),
    user_data_replace_on_change: false,
    tags: {
      Name: `node-${index}`,
      Environment: 'production',
      Team: `team-${index % 12}`,
      CostCenter: String(4000 + (index % 50)),
    },
    tags_all: {
      Name: `node-${index}`,
      Environment: 'production',
      Team: `team-${index % 12}`,
      CostCenter: String(4000 + (index % 50)),
      ManagedBy: 'terraform',
    },
  };
}

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** One of five kinds of change: half are noise with the same meaning, half are real. */
function changed(index: number): JsonObject {
  const body = attributes(index);
  switch (index % 5) {
    case 0:
      return { ...body, monitoring: body.monitoring !== true };
    case 1:
      return { ...body, tags: { ...(body.tags as JsonObject), Environment: 'staging' } };
    case 2:
      return {
        ...body,
        inline_policy: JSON.stringify(JSON.parse(text(body.inline_policy)), null, 2),
      };
    case 3:
      return {
        ...body,
        user_data_replace_on_change: 'false',
        credit_specification: [{ cpu_credits: 'standard', extra: null }],
      };
    default:
      return { ...body, instance_type: 'm7i.large' };
  }
}

export interface Bodies {
  readonly declared: JsonObject;
  readonly actual: JsonObject;
}

/** Pairs of bodies, one in ten changed; parsed from text, so no two share an object. */
export function generateBodies(count: number): Bodies[] {
  return Array.from({ length: count }, (_, index) => ({
    declared: JSON.parse(JSON.stringify(attributes(index))) as JsonObject,
    actual: JSON.parse(
      JSON.stringify(index % 10 === 9 ? changed((index / 10) | 0) : attributes(index)),
    ) as JsonObject,
  })).map((pair, index) =>
    index % 10 === 9 ? { ...pair, declared: attributes((index / 10) | 0) } : pair,
  );
}

export function asDeclared(body: JsonObject, index: number): DeclaredResource {
  return {
    address: `aws_instance.node[${index}]`,
    type: 'aws_instance',
    format: 'terraform-state-attributes',
    provider: 'aws',
    id: `${text(body.id)}#${index}`,
    name: null,
    attributes: body,
    sensitivePaths: [],
    unresolvedPaths: [],
    ignoredPaths: [],
    previousAddress: null,
    scope: NO_SCOPE,
    location: { file: 'generated.tfstate', line: null },
    contentHash: null,
  };
}

export function asActual(body: JsonObject, index: number): ActualResource {
  return {
    type: 'aws_instance',
    format: 'terraform-attributes',
    provider: 'aws',
    id: `${text(body.id)}#${index}`,
    aliases: [],
    name: null,
    properties: body,
    companions: null,
    tags: {},
    scope: NO_SCOPE,
    capturedAt: null,
    contentHash: null,
  };
}
