import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import path from 'node:path';
import { PeerProcess } from '../peer-process.js';
import { readState, stateOf } from '../read-state.js';

describe('states in Google Cloud Storage, as fake-gcs-server serves it', () => {
  let server: PeerProcess;
  const generations: string[] = [];

  const read = (place: string, parameters = '') =>
    readState(`gs://${place}?endpoint=${encodeURIComponent(server.url)}${parameters}`, {
      credentials: { accessToken: 'ya29.peer' },
    });
  const put = async (name: string, body: string): Promise<string> => {
    const target = `${server.url}/upload/storage/v1/b/states/o?uploadType=media&name=${encodeURIComponent(name)}`;
    const answer = await fetch(target, { method: 'POST', body });
    return ((await answer.json()) as { generation: string }).generation;
  };

  beforeAll(async () => {
    const binary = path.join(String(process.env.PEER_GCS), 'fake-gcs-server');
    server = await PeerProcess.start(binary, (port) => [
      ...['-scheme', 'http', '-host', '127.0.0.1', '-port', String(port), '-backend', 'memory'],
    ]);
    await fetch(`${server.url}/storage/v1/b`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'states', versioning: { enabled: true } }),
    });
    generations.push(await put('shop/prod.tfstate', stateOf('old')));
    generations.push(await put('shop/prod.tfstate', stateOf('new')));
    await put('shop/notes.txt', 'no state');
    for (const index of [1, 2, 3]) await put(`many/${index}.tfstate`, stateOf(`many-${index}`));
  });
  afterAll(() => server.stop());

  it('reads the latest generation, and an older one by its number', async () => {
    const [latest] = await read('states/shop/prod.tfstate');
    expect(latest?.text).toBe(stateOf('new'));
    const [older] = await read('states/shop/prod.tfstate', `&generation=${String(generations[0])}`);
    expect(older?.text).toBe(stateOf('old'));
  });

  it('reads every state below a prefix, and nothing else', async () => {
    expect((await read('states/many/')).map(({ name }) => name)).toEqual(
      [1, 2, 3].map((index) => `gs://states/many/${index}.tfstate`),
    );
    expect((await read('states/shop/')).map(({ text }) => text)).toEqual([stateOf('new')]);
  });

  it.each([
    ['object', 'states/shop/none.tfstate'],
    ['bucket', 'nowhere/prod.tfstate'],
  ])('says that there is no such %s', async (_what, place) => {
    await expect(read(place)).rejects.toMatchObject({ failure: 'missing' });
  });
});
