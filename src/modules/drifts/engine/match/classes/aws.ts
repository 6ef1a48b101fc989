import type { ActualResource } from '../../../../../core/providers/index.js';
import { isObject } from '../../values.js';
import {
  at,
  byProvider,
  childOf,
  type ClassContext,
  type ClassRule,
  field,
  listAt,
  textAt,
} from './class-rule.js';

const isDefault = (resource: ActualResource): boolean =>
  at(resource, 'isDefault') === true || at(resource, 'defaultForAz') === true;

/** https://docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html: network, subnets, gateway, tables, lists and groups. */
const defaultNetwork: ClassRule = (resource, context) => {
  if (!resource.type.startsWith('AWS::EC2::')) return undefined;
  if (isDefault(resource)) return byProvider('part of the default network');
  const mainTable = listAt(resource, 'associations').some((one) => field(one, 'main') === true);
  if (resource.type === 'AWS::EC2::RouteTable' && mainTable)
    return byProvider('the main route table every network has');
  if (resource.type === 'AWS::EC2::SecurityGroup' && groupName(resource) === 'default')
    return byProvider('the default group every network has');
  const attached = listAt(resource, 'attachments').map((one) => field(one, 'vpcId'));
  const vpcs = [...attached, at(resource, 'vpcId')].filter((id) => typeof id === 'string');
  const gateway = resource.type === 'AWS::EC2::InternetGateway' && attached.length > 0;
  if (gateway && vpcs.every((id) => isDefaultVpc(id, context)))
    return byProvider('part of the default network');
  return undefined;
};

function groupName(resource: ActualResource): string | null {
  return textAt(resource, 'groupName') || resource.name;
}

function isDefaultVpc(id: string, { estate }: ClassContext): boolean {
  return estate.actualOfType('AWS::EC2::VPC').some((vpc) => vpc.id === id && isDefault(vpc));
}

/** Service-linked roles live under a reserved path. https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html */
const madeByService: ClassRule = (resource) => {
  const ids = resource.aliases.concat(resource.id);
  if (
    ids.some((id) => id.includes(':role/aws-service-role/')) ||
    textAt(resource, 'path').startsWith('/aws-service-role/')
  )
    return byProvider('service-linked role');
  if (ids.some((id) => /^arn:aws[\w-]*:iam::aws:/.test(id))) return byProvider('managed by AWS');
  // https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html: AWS managed keys and their aliases.
  if (resource.type.startsWith('AWS::KMS::')) {
    const names = [...ids, resource.name ?? '', textAt(resource, 'aliasName')];
    if (
      textAt(resource, 'keyManager') === 'AWS' ||
      names.some((one) => /(^|:)alias\/aws\//.test(one))
    )
      return byProvider('a key AWS manages');
  }
  return undefined;
};

/** Names a service reserves for what it brings along; type, name, and why. */
const RESERVED: readonly (readonly [type: RegExp, name: RegExp, reason: string])[] = [
  // https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithParamGroups.html
  [/ParameterGroup$/, /^default[.:]/, 'the default parameters of an engine'],
  [/OptionGroup$/, /^default:/, 'the default options of an engine'],
  [/^AWS::RDS::DBSubnetGroup$|CacheSubnetGroup$/, /^default$/, 'the default subnet group'],
  // https://docs.aws.amazon.com/athena/latest/ug/workgroups-benefits.html, https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-event-bus.html
  [/^AWS::Athena::WorkGroup$/, /^primary$/, 'every region has one'],
  [/^AWS::Athena::DataCatalog$/, /^AwsDataCatalog$/, 'every region has one'],
  [/^AWS::Events::EventBus$/, /^default$/, 'every region has one'],
  [/^AWS::Scheduler::ScheduleGroup$/, /^default$/, 'every region has one'],
  [/^AWS::XRay::(Group|SamplingRule)$/, /^Default$/, 'every region has one'],
  [/^AWS::ECS::CapacityProvider$/, /^FARGATE(_SPOT)?$/, 'provided by AWS'],
  [/^AWS::CodeDeploy::DeploymentConfig$/, /^CodeDeployDefault\./, 'provided by AWS'],
  [/^AWS::AppConfig::DeploymentStrategy$/, /^AppConfig\./, 'provided by AWS'],
  [/^AWS::SSM::(Document|PatchBaseline)$/, /^(AWS|Amazon)[\w-]*-/, 'provided by AWS'],
  [/^AWS::Cassandra::Keyspace$/, /^system(_\w+)?$/, 'provided by AWS'],
  [
    /^AWS::(ElastiCache|MemoryDB)::(User|ACL|UserGroup)$/,
    /^(default|open-access)$/,
    'provided by AWS',
  ],
  [
    /^AWS::IAM::Role$/,
    /^(AWSReservedSSO_|OrganizationAccountAccessRole$|AWSControlTower)/,
    'made by an organization service',
  ],
  [/^AWS::Config::ConfigRule$/, /^securityhub-/, 'made by Security Hub'],
  [/^AWS::Route53Resolver::ResolverRule$/, /^Internet Resolver$/, 'every region has one'],
];

const reservedName: ClassRule = ({ type, id, name }) => {
  const found = RESERVED.find(
    ([kind, reserved]) =>
      kind.test(type) &&
      [name ?? '', id, id.split('/').at(-1) ?? ''].some((one) => reserved.test(one)),
  );
  return found && byProvider(found[2]);
};

/** Tags services put on what they make; the value names the maker. */
const MAKERS: readonly (readonly [tag: string, maker: string, type: string])[] = [
  // https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-tagging.html
  ['aws:autoscaling:groupName', 'the Auto Scaling group', 'AWS::AutoScaling::AutoScalingGroup'],
  ['aws:ec2:fleet-id', 'the EC2 fleet', 'AWS::EC2::EC2Fleet'],
  ['aws:ec2spot:fleet-request-id', 'the Spot fleet', 'AWS::EC2::SpotFleet'],
  // https://docs.aws.amazon.com/eks/latest/userguide/sec-group-reqs.html
  ['aws:eks:cluster-name', 'the EKS cluster', 'AWS::EKS::Cluster'],
  ['eks:cluster-name', 'the EKS cluster', 'AWS::EKS::Cluster'],
  [
    'elasticbeanstalk:environment-name',
    'the Elastic Beanstalk environment',
    'AWS::ElasticBeanstalk::Environment',
  ],
  ['aws:elasticmapreduce:job-flow-id', 'the EMR cluster', 'AWS::EMR::Cluster'],
  ['aws:backup:source-resource', 'the backup of', ''],
];

/** What an Auto Scaling group, a cluster or a fleet makes is theirs. */
const madeByParent: ClassRule = ({ tags }, context) => {
  for (const [tag, maker, type] of MAKERS) {
    const value = tags[tag];
    if (value === undefined) continue;
    return childOf(context.ownerNamed(type, value) ?? context.owner(value) ?? `${maker} ${value}`);
  }
  const cluster = Object.entries(tags).find(
    ([tag, value]) => tag.startsWith('kubernetes.io/cluster/') && value === 'owned',
  )?.[0];
  if (cluster !== undefined) {
    const name = cluster.slice('kubernetes.io/cluster/'.length);
    return childOf(context.ownerNamed('AWS::EKS::Cluster', name) ?? `the cluster ${name}`);
  }
  return undefined;
};

/** Interfaces and volumes that came with an instance, a load balancer, an endpoint, a function. */
const attached: ClassRule = (resource, context) => {
  const { type } = resource;
  if (type === 'AWS::EC2::NetworkInterface') {
    const instance = textAt(resource, 'attachment', 'instanceId');
    const owner = instance === '' ? undefined : context.owner(instance);
    if (owner !== undefined) return childOf(owner);
    const kind = textAt(resource, 'interfaceType');
    // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/requester-managed-eni.html
    if (
      at(resource, 'requesterManaged') === true ||
      (kind !== '' && !/^(interface|efa|trunk)$/.test(kind))
    )
      return childOf(
        textAt(resource, 'description') || `a service (${kind || 'requester-managed'})`,
      );
  }
  if (type === 'AWS::EC2::Volume') {
    for (const attachment of listAt(resource, 'attachments')) {
      const instance = field(attachment, 'instanceId');
      const owner = typeof instance === 'string' ? context.owner(instance) : undefined;
      if (owner !== undefined) return childOf(owner);
    }
  }
  return undefined;
};

/** Log groups a service writes to on its own, and snapshots and alarms it keeps. */
const byItsName: ClassRule = (resource, context) => {
  const name = resource.name ?? resource.id;
  const [, service = '', rest = ''] =
    /^\/aws\/(lambda|codebuild|rds\/instance|rds\/cluster|eks|apigateway)\/([^/]+)/.exec(name) ??
    [];
  if (resource.type === 'AWS::Logs::LogGroup' && rest !== '') {
    const types: Readonly<Record<string, string>> = {
      lambda: 'AWS::Lambda::Function',
      codebuild: 'AWS::CodeBuild::Project',
      'rds/instance': 'AWS::RDS::DBInstance',
      'rds/cluster': 'AWS::RDS::DBCluster',
      eks: 'AWS::EKS::Cluster',
    };
    const owner = context.ownerNamed(types[service] ?? '', rest);
    if (owner !== undefined) return childOf(owner);
  }
  if (resource.type.endsWith('Snapshot') && /^(rds|awsbackup):/.test(name))
    return byProvider('an automated copy');
  if (resource.type === 'AWS::CloudWatch::Alarm' && name.startsWith('TargetTracking-'))
    return childOf('a target tracking policy');
  return undefined;
};

/** The stack another declared resource stands for made it. */
const inManagedStack: ClassRule = ({ tags }, context) => {
  const stack = tags['aws:cloudformation:stack-id'] ?? '';
  const owner =
    context.owner(stack) ??
    context.ownerNamed('AWS::CloudFormation::Stack', tags['aws:cloudformation:stack-name'] ?? '');
  return owner === undefined ? undefined : childOf(owner);
};

const RULES: readonly ClassRule[] = [
  madeByService,
  defaultNetwork,
  reservedName,
  madeByParent,
  attached,
  byItsName,
  inManagedStack,
];

export const awsClass: ClassRule = (resource, context) => {
  if (resource.provider !== 'aws' || !isObject(resource.properties)) return undefined;
  for (const rule of RULES) {
    const found = rule(resource, context);
    if (found) return found;
  }
  return undefined;
};
