import { createHash, timingSafeEqual } from 'node:crypto';
import { DomainError } from '../errors/index.js';

/** Algorithms of RFC 9530 that are not broken, with their names in Node. */
const ALGORITHMS: Readonly<Record<string, string>> = { 'sha-256': 'sha256', 'sha-512': 'sha512' };
const MEMBER = /^\s*([a-z*][a-z0-9_.*-]*)=:([A-Za-z0-9+/]*={0,2}):\s*$/;

/** `Content-Digest` (RFC 9530) of bytes that are at hand. */
export function contentDigestOf(content: Uint8Array): string {
  return `sha-256=:${createHash('sha256').update(content).digest('base64')}:`;
}

/**
 * The content as it comes; at its end it is held against what the sender said of it. Without a header nothing is checked.
 *
 * @throws DomainError `REQUEST.DIGEST_INVALID` at once, `REQUEST.DIGEST_MISMATCH` after the last byte
 */
export function checkedContent(
  content: AsyncIterable<Uint8Array>,
  header: string | undefined,
): AsyncIterable<Uint8Array> {
  return header === undefined ? content : verified(content, expectedOf(header));
}

interface Expected {
  readonly algorithm: string;
  readonly digest: Buffer;
}

async function* verified(
  content: AsyncIterable<Uint8Array>,
  expected: readonly Expected[],
): AsyncGenerator<Uint8Array> {
  const hashes = expected.map(({ algorithm }) => createHash(algorithm));
  for await (const chunk of content) {
    for (const hash of hashes) hash.update(chunk);
    yield chunk;
  }
  for (const [index, { digest }] of expected.entries()) {
    const actual = hashes[index]?.digest() ?? Buffer.alloc(0);
    if (actual.length !== digest.length || !timingSafeEqual(actual, digest)) throw mismatch();
  }
}

/** Digests by algorithms that nobody knows are ignored, as the RFC wants, but one must be left. */
function expectedOf(header: string): Expected[] {
  const members = header.split(',').map((member) => MEMBER.exec(member));
  const known = members.flatMap((member) => {
    const algorithm = ALGORITHMS[member?.[1] ?? ''];
    return algorithm === undefined
      ? []
      : [{ algorithm, digest: Buffer.from(member?.[2] ?? '', 'base64') }];
  });
  if (members.includes(null) || known.length === 0) throw invalid();
  return known;
}

function invalid(): DomainError {
  return new DomainError({
    code: 'REQUEST.DIGEST_INVALID',
    kind: 'invalid',
    message:
      'Content-Digest cannot be read: send it as RFC 9530 writes it, by sha-256 or sha-512, for example `sha-256=:…:` with the digest in base64.',
  });
}

function mismatch(): DomainError {
  return new DomainError({
    code: 'REQUEST.DIGEST_MISMATCH',
    kind: 'invalid',
    message:
      'The content is not what Content-Digest says: it was changed or cut off on the way. Nothing of it was kept; send it again.',
  });
}
