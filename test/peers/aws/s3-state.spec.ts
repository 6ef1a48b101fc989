import {
  CreateBucketCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { PeerProcess } from '../peer-process.js';
import { readState, stateOf } from '../read-state.js';
import { clientOf, KEYS, startMoto } from './moto.js';

describe('states in S3, as moto serves it', () => {
  let moto: PeerProcess;
  let s3: S3Client;
  const versions: string[] = [];

  const put = (client: S3Client, bucket: string, key: string, body: string) =>
    client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
  const create = (client: S3Client, bucket: string) =>
    client.send(
      new CreateBucketCommand({
        Bucket: bucket,
        CreateBucketConfiguration: { LocationConstraint: 'eu-central-1' },
      }),
    );
  const url = (place: string, parameters = '') =>
    `s3://${place}?region=eu-central-1&endpoint=${encodeURIComponent(moto.url)}${parameters}`;
  const read = (place: string, parameters = '') =>
    readState(url(place, parameters), { credentials: KEYS });

  beforeAll(async () => {
    moto = await startMoto();
    s3 = new S3Client(clientOf(moto.url));
    await create(s3, 'states');
    await s3.send(
      new PutBucketVersioningCommand({
        Bucket: 'states',
        VersioningConfiguration: { Status: 'Enabled' },
      }),
    );
    for (const bucket of ['old', 'new']) {
      const { VersionId } = await put(s3, 'states', 'shop/prod.tfstate', stateOf(bucket));
      versions.push(String(VersionId));
    }
    await put(s3, 'states', 'shop/readme.md', 'no state');
    await put(s3, 'states', 'shop/eu/test.tfstate', stateOf('test'));
  });
  afterAll(async () => {
    s3.destroy();
    await moto.stop();
  });

  it('reads the latest version and says which it was', async () => {
    const [document] = await read('states/shop/prod.tfstate');
    expect(document).toMatchObject({ text: stateOf('new'), version: versions[1] });
  });

  it('reads an older version by its id', async () => {
    const [document] = await read('states/shop/prod.tfstate', `&version=${String(versions[0])}`);
    expect(document?.text).toBe(stateOf('old'));
  });

  it('reads every state below a prefix, and nothing else', async () => {
    const documents = await read('states/shop/');
    expect(documents.map(({ name }) => name)).toEqual([
      's3://states/shop/eu/test.tfstate',
      's3://states/shop/prod.tfstate',
    ]);
  });

  it.each([
    ['a key', 'states/shop/none.tfstate'],
    ['a bucket', 'nowhere-at-all/prod.tfstate'],
    ['anything below a prefix', 'states/other/'],
  ])('says that there is no such %s', async (_what, place) => {
    await expect(read(place)).rejects.toMatchObject({ failure: 'missing' });
  });

  it('does not mix a state that was replaced between listing and reading', async () => {
    const reading = readState(url('states/shop/eu/'), {
      credentials: KEYS,
      beforeOpening: () => put(s3, 'states', 'shop/eu/test.tfstate', stateOf('replaced')),
    });
    await expect(reading).rejects.toMatchObject({ failure: 'changed' });
  });

  it("reads another account's bucket in a role of that account", async () => {
    const sts = new STSClient(clientOf(moto.url));
    const role = 'arn:aws:iam::222222222222:role/states-reader';
    const assumed = await sts.send(
      new AssumeRoleCommand({ RoleArn: role, RoleSessionName: 'setup' }),
    );
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = assumed.Credentials ?? {};
    const other = new S3Client(
      clientOf(moto.url, {
        accessKeyId: AccessKeyId,
        secretAccessKey: SecretAccessKey,
        sessionToken: SessionToken,
      }),
    );
    await create(other, 'their-states');
    await put(other, 'their-states', 'a.tfstate', stateOf('theirs'));
    const [document] = await read(
      'their-states/a.tfstate',
      `&role_arn=${encodeURIComponent(role)}&external_id=driftguard`,
    );
    expect(document?.text).toBe(stateOf('theirs'));
    other.destroy();
    sts.destroy();
  });
});
