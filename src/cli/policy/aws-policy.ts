import { REQUIRED_CALLS, serviceReads, type AwsPart } from '../../services/aws/required-calls.js';
import { readerOf, routeOf, whyUnreadable } from '../../services/aws/type-routes.js';
import type { Policy, PolicyRequest } from './policy-options.js';

const STATE_READS = [
  statement(
    'StatesInS3',
    ['s3:GetObject', 's3:ListBucket'],
    ['arn:aws:s3:::STATE-BUCKET', 'arn:aws:s3:::STATE-BUCKET/*'],
  ),
  statement('CloudFormationStacks', [
    'cloudformation:DescribeStacks',
    'cloudformation:GetTemplate',
    'cloudformation:ListStackResources',
  ]),
];

/** https://docs.aws.amazon.com/config/latest/developerguide/security_iam_id-based-policy-examples.html: its reads know no resource. */
export function awsPolicy({ types, parts, organization }: PolicyRequest): Policy {
  const notices: string[] = [];
  const routes = types.map((type) => ({ type, route: routeOf(type) }));
  for (const { type, route } of routes) {
    if (readerOf(route) === 'none') notices.push(whyUnreadable(route?.type ?? type, route));
  }
  const byCloudControl = routes.filter(({ route }) => readerOf(route) === 'cloud-control');
  const wanted: AwsPart[] = ['listing'];
  if (types.length === 0 || byCloudControl.length > 0) wanted.push('cloud-control');
  if (parts.includes('regions')) wanted.push('regions');
  if (organization) wanted.push('organization');
  if (parts.includes('aggregator')) wanted.push('aggregator');
  if (parts.includes('who')) wanted.push('who');
  const reads = byCloudControl.flatMap(({ type, route }) => serviceReads(route?.type ?? type));
  if (types.length === 0) {
    notices.push(
      'Types AWS Config does not record are read by Cloud Control with the rights of the caller: name them with --types, or attach ReadOnlyAccess of AWS beside this.',
    );
  } else if (reads.length > 0) {
    notices.push(
      'ReadThroughCloudControl holds the reads of whole services; what a type calls exactly is in its schema (aws cloudformation describe-type --type RESOURCE --type-name T).',
    );
  }
  const statements = [
    statement('ReadInventory', actionsOf(wanted)),
    ...(reads.length > 0 ? [statement('ReadThroughCloudControl', unique(reads))] : []),
    ...(organization
      ? [statement('EnterAccounts', ['sts:AssumeRole'], ['arn:aws:iam::*:role/driftguard-read'])]
      : []),
    ...(parts.includes('states') ? STATE_READS : []),
  ];
  const document = { Version: '2012-10-17', Statement: statements };
  const body = `  name   = "driftguard-read"\n  policy = jsonencode(${indented(document)})\n`;
  return {
    document,
    terraform: { type: 'aws_iam_policy', body },
    defaultFormat: 'json',
    notices,
  };
}

function actionsOf(parts: readonly AwsPart[]): string[] {
  return REQUIRED_CALLS.filter(({ part }) => parts.includes(part)).map(({ action }) => action);
}

function statement(Sid: string, Action: readonly string[], Resource: string | string[] = '*') {
  return { Sid, Effect: 'Allow', Action: [...Action].sort(), Resource };
}

function unique(values: readonly string[]): string[] {
  return [...new Set(values)];
}

function indented(document: object): string {
  return JSON.stringify(document, null, 2).replaceAll('\n', '\n  ');
}
