import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PeerProcess } from '../peer-process.js';
import { readState } from '../read-state.js';
import { clientOf, KEYS, startMoto } from './moto.js';

const TEMPLATE = {
  AWSTemplateFormatVersion: '2010-09-09',
  Parameters: { Stage: { Type: 'String' } },
  Resources: {
    Logs: {
      Type: 'AWS::S3::Bucket',
      Properties: { BucketName: { 'Fn::Sub': 'logs-${Stage}' } },
    },
    Jobs: { Type: 'AWS::SQS::Queue' },
  },
};

describe('CloudFormation stacks, as moto serves them', () => {
  let moto: PeerProcess;

  const read = (place: string) =>
    readState(`cfn://${place}?endpoint=${encodeURIComponent(moto.url)}`, { credentials: KEYS });

  beforeAll(async () => {
    moto = await startMoto();
    const client = new CloudFormationClient(clientOf(moto.url));
    await client.send(
      new CreateStackCommand({
        StackName: 'billing',
        TemplateBody: JSON.stringify(TEMPLATE),
        Parameters: [{ ParameterKey: 'Stage', ParameterValue: 'prod' }],
      }),
    );
    client.destroy();
  });
  afterAll(() => moto.stop());

  it('brings the template, the parameters and the physical ids', async () => {
    const [document, ...others] = await read('eu-central-1/billing');
    expect(others).toEqual([]);
    expect(JSON.parse(document?.text ?? '')).toMatchObject({ Resources: TEMPLATE.Resources });
    expect(document?.facts).toMatchObject({
      kind: 'cloudformation',
      stackName: 'billing',
      stackId: expect.stringContaining(':stack/billing/'),
      accountId: '123456789012',
      parameters: { Stage: 'prod' },
      physicalIds: { Logs: 'logs-prod', Jobs: expect.stringContaining('billing') },
    });
  });

  it('reads every stack of a region', async () => {
    expect((await read('eu-central-1/')).map(({ facts }) => facts.stackName)).toEqual(['billing']);
  });

  it.each([
    ['stack', 'eu-central-1/none'],
    ['stack in another region', 'eu-west-1/'],
  ])('says that there is no such %s', async (_what, place) => {
    await expect(read(place)).rejects.toMatchObject({ failure: 'missing' });
  });
});
