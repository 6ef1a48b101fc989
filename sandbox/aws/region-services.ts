import { textAt, textsAt } from '../json.js';
import type { JsonObject } from '../json.js';
import type { Reply } from '../server/cloud.js';
import type { AwsAccount } from './aws-estate.js';
import { AwsServiceError, ec2Reply, restReply } from './aws-protocol.js';
import { checkParameters } from './parameters.js';

/** Regions every account has from the start; others are opted into. */
const BY_DEFAULT = new Set([
  'ap-northeast-1',
  'ap-northeast-2',
  'ap-northeast-3',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'ca-central-1',
  'eu-central-1',
  'eu-north-1',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
]);
/** One that nobody in the estate has switched on. */
const DISABLED = 'ap-east-2';

/** `POST /listRegions` of Account Management: https://docs.aws.amazon.com/accounts/latest/reference/API_ListRegions.html */
export function listRegions(account: AwsAccount, body: JsonObject): Reply {
  checkParameters(body, {
    AccountId: 'string',
    MaxResults: 'integer',
    NextToken: 'string',
    RegionOptStatusContains: 'strings',
  });
  const asked = textsAt(body, 'RegionOptStatusContains');
  const all = [
    ...regionsOf(account).map((name) => ({
      RegionName: name,
      RegionOptStatus: BY_DEFAULT.has(name) ? 'ENABLED_BY_DEFAULT' : 'ENABLED',
    })),
    { RegionName: DISABLED, RegionOptStatus: 'DISABLED' },
  ];
  const fitting = all.filter(
    ({ RegionOptStatus: status }) => asked.length === 0 || asked.includes(status),
  );
  const size = typeof body.MaxResults === 'number' ? body.MaxResults : 50;
  const start = Number(textAt(body, 'NextToken') ?? 0);
  const end = start + size;
  const next = end < fitting.length ? { NextToken: String(end) } : {};
  return restReply({ Regions: fitting.slice(start, end), ...next });
}

/** `DescribeRegions` of EC2: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRegions.html */
export function describeRegions(account: AwsAccount, form: URLSearchParams): Reply {
  const action = form.get('Action') ?? '';
  if (action !== 'DescribeRegions') {
    throw new AwsServiceError(
      'InvalidAction',
      `The action ${action} is not valid for this web service.`,
    );
  }
  const all = regionsOf(account).map((regionName) => ({
    regionName,
    regionEndpoint: `ec2.${regionName}.amazonaws.com`,
    optInStatus: BY_DEFAULT.has(regionName) ? 'opt-in-not-required' : 'opted-in',
  }));
  const more = { regionName: DISABLED, regionEndpoint: '', optInStatus: 'not-opted-in' };
  return ec2Reply(action, 'regionInfo', form.get('AllRegions') === 'true' ? [...all, more] : all);
}

function regionsOf(account: AwsAccount): readonly string[] {
  return account.enabledRegions ?? Object.keys(account.regions);
}
