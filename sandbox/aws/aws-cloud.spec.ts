import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { serveCloud } from '../server/cloud-server.js';
import type { RunningServer } from '../server/cloud-server.js';
import { AwsCloud } from './aws-cloud.js';
import { makeRegion, parseItem } from './aws-estate.js';

const ACCOUNT = '111122223333';
const items = Array.from({ length: 30 }, (_, n) =>
  parseItem(
    { resourceType: 'AWS::SQS::Queue', resourceId: `q${n}`, configuration: { n } },
    ACCOUNT,
    'eu-west-1',
    'x',
  ),
);
const account = { accountId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:user/u`, userId: 'AIDA' };

let server: RunningServer;
beforeAll(async () => {
  const regions = { 'eu-west-1': makeRegion(items) };
  server = await serveCloud(
    new AwsCloud([{ ...account, accessKeyIds: ['AKIAEXAMPLE'], regions }]),
    0,
  );
});
afterAll(() => server.close());

function signed(
  service: string,
  key = 'AKIAEXAMPLE',
  region = 'eu-west-1',
): Record<string, string> {
  const scope = `${key}/20260511/${region}/${service}/aws4_request`;
  return {
    authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host;x-amz-date, Signature=${'0'.repeat(64)}`,
    'x-amz-date': '20260511T081245Z',
  };
}

async function config(operation: string, body: unknown, headers = signed('config')) {
  const response = await fetch(server.url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `StarlingDoveService.${operation}`,
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
}

async function sts(form: string, headers = signed('sts')) {
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: form,
  });
  return { status: response.status, text: await response.text() };
}

describe('the JSON protocol', () => {
  it('pages with tokens that fit only their own query', async () => {
    const Expression = 'SELECT resourceId';
    const first = await config('SelectResourceConfig', { Expression });
    expect(first.headers.get('content-type')).toBe('application/x-amz-json-1.1');
    expect(first.headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
    expect(first.body.QueryInfo).toEqual({ SelectFields: [{ Name: 'resourceId' }] });
    expect(first.body.Results).toHaveLength(25);
    const { NextToken } = first.body;
    const second = await config('SelectResourceConfig', { Expression, NextToken });
    expect(second.body.Results).toHaveLength(5);
    expect(second.body).not.toHaveProperty('NextToken');
    const other = await config('SelectResourceConfig', { Expression: 'SELECT arn', NextToken });
    expect(other).toMatchObject({ status: 400, body: { __type: 'InvalidNextTokenException' } });
  });

  it.each([
    ['SelectResourceConfig', { Expression: 'SELECT x FROM y' }, 'InvalidExpressionException'],
    ['SelectResourceConfig', { Expression: 'SELECT arn', Limit: 101 }, 'InvalidLimitException'],
    [
      'SelectResourceConfig',
      { Expression: 'SELECT arn', NextToken: 'made up' },
      'InvalidNextTokenException',
    ],
    ['SelectResourceConfig', {}, 'ValidationException'],
    ['SelectResourceConfig', { Expression: 'SELECT arn', Nonsense: 1 }, 'ValidationException'],
    ['SelectResourceConfig', { Expression: 7 }, 'SerializationException'],
    ['SelectResourceConfig', '{"Expression"', 'SerializationException'],
    ['SelectResourceConfig', { Expression: 'x'.repeat(4097) }, 'ValidationException'],
    [
      'DescribeConfigurationRecorders',
      { ConfigurationRecorderNames: ['no'] },
      'NoSuchConfigurationRecorderException',
    ],
    ['PutConfigurationRecorder', {}, 'UnknownOperationException'],
  ])('%s %j is %s', async (operation, body, type) => {
    const answer = await config(operation, body);
    expect(answer).toMatchObject({
      status: 400,
      body: { __type: type, message: expect.any(String) },
    });
    expect(answer.headers.get('x-amzn-errortype')).toBe(type);
  });

  it.each([
    ['no signature', {}, 'MissingAuthenticationTokenException'],
    [
      'half a signature',
      { authorization: 'AWS4-HMAC-SHA256 Credential=x' },
      'IncompleteSignatureException',
    ],
    ['a signature for another service', signed('s3'), 'InvalidSignatureException'],
    ['an unknown key', signed('config', 'AKIAOTHER'), 'UnrecognizedClientException'],
  ])('%s is refused', async (_, headers, type) => {
    const answer = await config('SelectResourceConfig', { Expression: 'SELECT arn' }, headers);
    expect(answer).toMatchObject({ status: 403, body: { __type: type } });
  });

  it('a region without a folder has no recorder and no resources', async () => {
    const headers = signed('config', 'AKIAEXAMPLE', 'ap-south-1');
    const { body } = await config('DescribeConfigurationRecorders', {}, headers);
    expect(body).toEqual({ ConfigurationRecorders: [] });
    const rows = await config('SelectResourceConfig', { Expression: 'SELECT arn' }, headers);
    expect(rows.body.Results).toEqual([]);
  });
});

describe('the query protocol of STS', () => {
  it('says who is calling', async () => {
    const answer = await sts('Action=GetCallerIdentity&Version=2011-06-15');
    expect(answer.status).toBe(200);
    expect(answer.text).toContain(`<Account>${ACCOUNT}</Account>`);
    expect(answer.text).toContain(`<Arn>${account.arn}</Arn>`);
  });

  it.each([
    ['Action=GetCallerIdentity&Version=2011-06-15', {}, 403, 'MissingAuthenticationToken'],
    ['Action=Nonsense&Version=2011-06-15', signed('sts'), 400, 'InvalidAction'],
    [
      'Action=GetCallerIdentity&Version=2011-06-15',
      signed('sts', 'AKIAOTHER'),
      403,
      'InvalidClientTokenId',
    ],
    [
      'Action=AssumeRole&Version=2011-06-15&RoleArn=arn:aws:iam::999999999999:role/x&RoleSessionName=me',
      signed('sts'),
      403,
      'AccessDenied',
    ],
  ])('%s is refused', async (form, headers, status, code) => {
    const answer = await sts(form, headers);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(`<Code>${code}</Code>`);
  });
});
