import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { checkedContent, contentDigestOf } from './content-digest.js';

const CONTENT = Buffer.from('{"version":4}');
const SHA_512 = `sha-512=:${createHash('sha512').update(CONTENT).digest('base64')}:`;

async function* inTwo(content: Buffer): AsyncGenerator<Uint8Array> {
  yield content.subarray(0, 5);
  await Promise.resolve();
  yield content.subarray(5);
}

async function read(header: string | undefined, content = CONTENT): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of checkedContent(inTwo(content), header)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

describe('Content-Digest', () => {
  it.each([
    undefined,
    contentDigestOf(CONTENT),
    SHA_512,
    `${contentDigestOf(CONTENT)}, ${SHA_512}`,
    // Unknown to us, so it says nothing.
    `md5=:AAAA:, ${SHA_512}`,
  ])('lets through what it belongs to: %s', async (header) => {
    expect(await read(header)).toBe(CONTENT.toString());
  });

  it.each([contentDigestOf(CONTENT), SHA_512, `${SHA_512}, ${contentDigestOf(CONTENT)}`])(
    'refuses what was changed on the way: %s',
    async (header) => {
      for (const other of ['{"version":5}', '{"version":4', '{"version":4} ']) {
        await expect(read(header, Buffer.from(other))).rejects.toMatchObject({
          code: 'REQUEST.DIGEST_MISMATCH',
        });
      }
    },
  );

  it.each(['', 'sha-256', 'sha-256=abc', 'md5=:AAAA:', `${SHA_512}, nonsense`])(
    'is refused when it cannot be read: %j',
    async (header) => {
      await expect(read(header)).rejects.toMatchObject({ code: 'REQUEST.DIGEST_INVALID' });
    },
  );

  it('is no digest when it is of another length', async () => {
    await expect(read('sha-256=::')).rejects.toMatchObject({ code: 'REQUEST.DIGEST_MISMATCH' });
  });
});
