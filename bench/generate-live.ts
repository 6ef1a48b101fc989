// An AWS estate for the sandbox, and the Terraform state it was made from. Deterministic: the same bytes every time.
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

export const ACCOUNT = '111122223333';
export const REGIONS = ['eu-central-1', 'eu-west-1', 'us-east-1', 'us-west-2'] as const;
const PROVIDER = 'provider["registry.terraform.io/hashicorp/aws"]';
/** With five rules on either side a group has about 2 KB, as Terraform writes it and as AWS Config answers it. */
const PORTS = [22, 80, 443, 8443, 9090];
/** One in a hundred has a port nobody declared. */
const DRIFTED = 100;

type Json = Record<string, unknown>;

function groupId(index: number): string {
  return `sg-${index.toString(16).padStart(17, '0')}`;
}

function declaredGroup(index: number, region: string): Json {
  const id = groupId(index);
  const rule = (port: number): Json => ({
    cidr_blocks: ['10.0.0.0/8'],
    description: `port ${port} of web-${index}`,
    from_port: port,
    ipv6_cidr_blocks: [],
    prefix_list_ids: [],
    protocol: 'tcp',
    security_groups: [],
    self: false,
    to_port: port,
  });
  const attributes = {
    arn: `arn:aws:ec2:${region}:${ACCOUNT}:security-group/${id}`,
    description: 'Managed by Terraform',
    egress: PORTS.map(rule),
    id,
    ingress: PORTS.map(rule),
    name: `web-${index}`,
    name_prefix: '',
    owner_id: ACCOUNT,
    revoke_rules_on_delete: false,
    tags: { Name: `web-${index}` },
    tags_all: { Name: `web-${index}` },
    timeouts: null,
    vpc_id: 'vpc-0a1b2c3d4e5f60718',
  };
  const instances = [{ schema_version: 1, attributes, sensitive_attributes: [] }];
  const name = `web_${index}`;
  return { mode: 'managed', type: 'aws_security_group', name, provider: PROVIDER, instances };
}

export function liveGroup(index: number, region: string): Json {
  const id = groupId(index);
  const permission = (port: number): Json => ({
    fromPort: port,
    ipProtocol: 'tcp',
    ipv6Ranges: [],
    prefixListIds: [],
    toPort: port,
    userIdGroupPairs: [],
    ipv4Ranges: [{ cidrIp: '10.0.0.0/8', description: `port ${port} of web-${index}` }],
    ipRanges: ['10.0.0.0/8'],
  });
  const open = index % DRIFTED === 0 ? [...PORTS, 3389] : PORTS;
  return {
    version: '1.3',
    accountId: ACCOUNT,
    configurationItemCaptureTime: '2026-11-19T06:54:06.554Z',
    configurationItemStatus: 'OK',
    arn: `arn:aws:ec2:${region}:${ACCOUNT}:security-group/${id}`,
    resourceType: 'AWS::EC2::SecurityGroup',
    resourceId: id,
    resourceName: `web-${index}`,
    awsRegion: region,
    availabilityZone: 'Not Applicable',
    tags: { Name: `web-${index}` },
    relationships: [],
    configuration: {
      description: 'Managed by Terraform',
      groupName: `web-${index}`,
      ipPermissions: open.map(permission),
      ownerId: ACCOUNT,
      groupId: id,
      ipPermissionsEgress: PORTS.map(permission),
      tags: [{ key: 'Name', value: `web-${index}` }],
      vpcId: 'vpc-0a1b2c3d4e5f60718',
    },
    supplementaryConfiguration: {},
  };
}

const HEAD =
  '{\n  "version": 4,\n  "terraform_version": "1.11.4",\n  "serial": 7,\n  "lineage": "b6c1",\n  "outputs": {},\n';

/** Positions of the resources of each region. */
function* places(resources: number): Generator<readonly [index: number, region: string]> {
  const share = Math.ceil(resources / REGIONS.length);
  for (let index = 0; index < resources; index++)
    yield [index, REGIONS[Math.floor(index / share)] ?? REGIONS[0]];
}

/** The state as Terraform lays it out, piece by piece. */
export function* stateText(resources: number): Generator<string> {
  let lead = `${HEAD}  "resources": [\n    `;
  for (const [index, region] of places(resources)) {
    const text = JSON.stringify(declaredGroup(index, region), null, 2);
    yield lead + text.replaceAll('\n', '\n    ');
    lead = ',\n    ';
  }
  yield '\n  ],\n  "check_results": null\n}\n';
}

/** Writes `folder/live/aws` for the sandbox and `folder/terraform.tfstate`. */
export async function writeEstate(folder: string, resources: number): Promise<void> {
  const items = new Map<string, Json[]>(REGIONS.map((region) => [region, []]));
  for (const [index, region] of places(resources))
    items.get(region)?.push(liveGroup(index, region));
  for (const [region, list] of items) {
    const home = path.join(folder, 'live/aws', ACCOUNT, region);
    await mkdir(home, { recursive: true });
    await writeFile(path.join(home, 'network.json'), JSON.stringify(list));
  }
  const file = createWriteStream(path.join(folder, 'terraform.tfstate'));
  await pipeline(Readable.from(stateText(resources)), file);
}
