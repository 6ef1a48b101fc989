/** Event sources that are not called like the service part of the type: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  applicationautoscaling: 'autoscaling',
  backup: 'backup',
  certificatemanager: 'acm',
  cloudwatch: 'monitoring',
  elasticloadbalancingv2: 'elasticloadbalancing',
  elasticsearch: 'es',
  kinesisfirehose: 'firehose',
  msk: 'kafka',
  opensearchservice: 'es',
  stepfunctions: 'states',
};

/** The event source of a CloudFormation type (`AWS::RDS::DBInstance` → `rds.amazonaws.com`); null of any other word. */
export function eventSourceOf(type: string): string | null {
  const service = /^AWS::(\w+)::/.exec(type)?.[1]?.toLowerCase();
  if (service === undefined) return null;
  return `${OTHER_NAMES[service] ?? service}.amazonaws.com`;
}

/** Where the events of services without a region are: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-concepts.html#cloudtrail-concepts-global-service-events */
export function globalEventRegion(home: string): string {
  if (home.startsWith('cn-')) return 'cn-north-1';
  return home.startsWith('us-gov-') ? 'us-gov-west-1' : 'us-east-1';
}
