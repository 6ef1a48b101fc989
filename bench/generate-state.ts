// A Terraform state of any size, as Terraform lays it out, for measuring ingestion. Deterministic: the same bytes every time.

type Attributes = Record<string, unknown>;

const ACCOUNT = '111122223333';
const PROVIDER = 'provider["registry.terraform.io/hashicorp/aws"]';

function bucket(index: number): Attributes {
  const name = `logs-${index}`;
  return {
    acceleration_status: '',
    arn: `arn:aws:s3:::${name}`,
    bucket: name,
    bucket_domain_name: `${name}.s3.amazonaws.com`,
    cors_rule: [],
    force_destroy: false,
    grant: [{ id: 'f'.repeat(64), permissions: ['FULL_CONTROL'], type: 'CanonicalUser', uri: '' }],
    hosted_zone_id: 'Z3AQBSTGFYJSTF',
    id: name,
    lifecycle_rule: [],
    policy: JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Sid: 'TlsOnly', Effect: 'Deny', Principal: '*', Action: 's3:*' }],
    }),
    region: 'eu-west-1',
    tags: { Name: name, Team: 'platform' },
    tags_all: { Name: name, Team: 'platform', Stage: 'production' },
    versioning: [{ enabled: true, mfa_delete: false }],
    website: [],
  };
}

function securityGroup(index: number): Attributes {
  const rule = (port: number): Attributes => ({
    cidr_blocks: ['10.0.0.0/8'],
    description: `port ${port} "internal"`,
    from_port: port,
    ipv6_cidr_blocks: [],
    prefix_list_ids: [],
    protocol: 'tcp',
    security_groups: [],
    self: false,
    to_port: port,
  });
  const id = `sg-${index.toString(16).padStart(17, '0')}`;
  return {
    arn: `arn:aws:ec2:eu-west-1:${ACCOUNT}:security-group/${id}`,
    description: 'Managed by Terraform',
    egress: [rule(0)],
    id,
    ingress: [rule(443), rule(8443)],
    name: `web-${index}`,
    owner_id: ACCOUNT,
    tags: { Name: `web-${index}` },
    tags_all: { Name: `web-${index}` },
    timeouts: null,
    vpc_id: 'vpc-0a1b2c3d4e5f60718',
  };
}

function stateResource(index: number): Attributes {
  const isBucket = index % 2 === 0;
  const inModule = index % 5 === 0;
  return {
    ...(inModule ? { module: `module.service["s${index}"]` } : {}),
    mode: 'managed',
    type: isBucket ? 'aws_s3_bucket' : 'aws_security_group',
    name: `r${index}`,
    provider: PROVIDER,
    instances: [
      {
        schema_version: isBucket ? 0 : 1,
        attributes: isBucket ? bucket(index) : securityGroup(index),
        sensitive_attributes: [],
        private: 'eyJzY2hlbWFfdmVyc2lvbiI6IjEifQ==',
        dependencies: ['aws_vpc.main'],
      },
    ],
  };
}

export interface StateSize {
  /** Stop after this many resources. */
  readonly resources?: number;
  /** Stop after about this many bytes. */
  readonly bytes?: number;
  /** Default as Terraform writes it; otherwise everything on one line. */
  readonly pretty?: boolean;
}

const CHUNK_CHARACTERS = 1024 * 1024;

/** The state in chunks of about 1 MiB; none of it is ever held as a whole. */
export function* stateChunks(size: StateSize): Generator<Buffer> {
  const { resources = Infinity, bytes = Infinity, pretty = true } = size;
  const line = pretty ? '\n  ' : '';
  const colon = pretty ? ': ' : ':';
  const head = { version: 4, terraform_version: '1.11.4', serial: 7, lineage: 'b6c1' };
  const fields = Object.entries(head).map(
    ([key, value]) => `"${key}"${colon}${JSON.stringify(value)}`,
  );
  let text = `{${line}${fields.join(`,${line}`)},${line}"outputs"${colon}{},${line}"resources"${colon}[`;
  let written = 0;
  for (let index = 0; index < resources && written < bytes; index++) {
    const resource = JSON.stringify(stateResource(index), null, pretty ? 2 : 0);
    const indented = pretty ? `\n    ${resource.replaceAll('\n', '\n    ')}` : resource;
    text += (index === 0 ? '' : ',') + indented;
    written += indented.length + 1;
    if (text.length >= CHUNK_CHARACTERS) {
      yield Buffer.from(text);
      text = '';
    }
  }
  yield Buffer.from(`${text}${line}],${line}"check_results"${colon}null${pretty ? '\n' : ''}}\n`);
}
