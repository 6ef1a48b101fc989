import { BlobServiceClient, StorageSharedKeyCredential } from '@azure/storage-blob';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { PeerProcess } from '../peer-process.js';
import { readState, stateOf } from '../read-state.js';

const ACCOUNT = 'driftguard';
const KEY = Buffer.alloc(32, 7).toString('base64');

describe('states in Azure Storage, as Azurite serves it', () => {
  let azurite: PeerProcess;
  let folder: string;
  let blobs: BlobServiceClient;

  const read = (place: string, accountKey = KEY) =>
    readState(
      `azblob://${ACCOUNT}/${place}?endpoint=${encodeURIComponent(`${azurite.url}/${ACCOUNT}`)}`,
      { credentials: { accountKey } },
    );
  const put = (name: string, text: string) =>
    blobs
      .getContainerClient('states')
      .getBlockBlobClient(name)
      .upload(text, Buffer.byteLength(text));

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'driftguard-azurite-'));
    const script = path.join(String(process.env.PEER_AZURITE), 'azurite-blob');
    azurite = await PeerProcess.start(
      script,
      (port) => ['--blobPort', String(port), '--location', folder, '--skipApiVersionCheck'],
      { env: { AZURITE_ACCOUNTS: `${ACCOUNT}:${KEY}` } },
    );
    const key = new StorageSharedKeyCredential(ACCOUNT, KEY);
    blobs = new BlobServiceClient(`${azurite.url}/${ACCOUNT}`, key);
    await blobs.createContainer('states');
    await put('shop/prod.tfstate', stateOf('prod'));
    await put('shop/notes.txt', 'no state');
  });
  afterAll(async () => {
    await azurite.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('reads a blob by its name and below a prefix', async () => {
    const [byName] = await read('states/shop/prod.tfstate');
    expect(byName).toMatchObject({ text: stateOf('prod'), version: expect.any(String) });
    expect((await read('states/shop/')).map(({ text }) => text)).toEqual([stateOf('prod')]);
  });

  it('reads what Terraform holds a lease on, and leaves the lease alone', async () => {
    const blob = blobs.getContainerClient('states').getBlobClient('shop/prod.tfstate');
    const lease = blob.getBlobLeaseClient();
    await lease.acquireLease(60);
    const [document] = await read('states/shop/prod.tfstate');
    expect(document?.text).toBe(stateOf('prod'));
    expect((await blob.getProperties()).leaseState).toBe('leased');
    await lease.releaseLease();
  });

  it.each([
    ['blob', 'states/shop/none.tfstate'],
    ['container', 'nowhere/prod.tfstate'],
  ])('says that there is no such %s', async (_what, place) => {
    await expect(read(place)).rejects.toMatchObject({ failure: 'missing' });
  });

  it('says that a wrong key is denied', async () => {
    const wrong = Buffer.alloc(32, 1).toString('base64');
    await expect(read('states/shop/prod.tfstate', wrong)).rejects.toMatchObject({
      failure: 'denied',
    });
  });
});
