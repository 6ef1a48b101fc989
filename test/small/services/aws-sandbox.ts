import { AwsCloud } from '../../../sandbox/aws/aws-cloud.js';
import { makeRegion, parseItem } from '../../../sandbox/aws/aws-estate.js';
import type { AwsAccount, AwsRegion } from '../../../sandbox/aws/aws-estate.js';
import type { JsonObject } from '../../../sandbox/json.js';
import { serveCloud } from '../../../sandbox/server/cloud-server.js';
import type { RunningServer } from '../../../sandbox/server/cloud-server.js';

export const ACCOUNT = '111122223333';

/** An item as AWS Config records it. */
export function item(
  region: string,
  resourceType: string,
  resourceId: string,
  more: JsonObject = {},
): JsonObject {
  const minimal = { resourceType, resourceId, configuration: { id: resourceId }, ...more };
  return parseItem(minimal, ACCOUNT, region, resourceId);
}

export function queues(region: string, count: number): JsonObject[] {
  return Array.from({ length: count }, (_, n) => item(region, 'AWS::SQS::Queue', `queue-${n}`));
}

export function region(items: JsonObject[], recorder?: JsonObject): AwsRegion {
  return makeRegion(items, recorder);
}

export function serveAws(
  regions: Record<string, AwsRegion>,
  more: Partial<AwsAccount> = {},
): Promise<RunningServer> {
  const account: AwsAccount = {
    accountId: ACCOUNT,
    arn: `arn:aws:iam::${ACCOUNT}:user/scanner`,
    userId: 'AIDAEXAMPLE',
    accessKeyIds: [],
    regions,
    ...more,
  };
  return serveCloud(new AwsCloud([account]), 0);
}
