import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { StateSourceError } from '../../../../core/providers/index.js';
import { connectionFailure } from './failures.js';

const MEBIBYTE = 1024 * 1024;
const inflate = promisify(gunzip);

export interface BodyChecks {
  /** The source as the user knows it. */
  readonly source: string;
  readonly maxBytes: number;
  readonly idleMs: number;
  /** Bytes the store announced; null when it did not. */
  readonly expected: number | null;
  readonly signal: AbortSignal;
}

/**
 * Passes a body on and ends it with an error when it is larger than allowed, shorter than announced, or silent for too long.
 */
export function checkedBody(body: Readable, checks: BodyChecks): Readable {
  return Readable.from(checked(body, checks), { objectMode: false });
}

async function* checked(body: Readable, checks: BodyChecks): AsyncGenerator<Buffer> {
  const { source, maxBytes, expected, signal } = checks;
  let read = 0;
  if (expected !== null && expected > maxBytes) {
    discard(body);
    throw tooLarge(source, maxBytes);
  }
  const chunks = body[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  try {
    for (;;) {
      const step = await withinSilence(chunks.next(), checks);
      if (step.done === true) break;
      read += step.value.length;
      if (read > maxBytes) throw tooLarge(source, maxBytes);
      yield Buffer.from(step.value.buffer, step.value.byteOffset, step.value.byteLength);
    }
  } catch (error) {
    throw connectionFailure(source, error, signal);
  } finally {
    discard(body);
  }
  if (expected !== null && read < expected) {
    throw new StateSourceError(
      'truncated',
      source,
      `the connection ended after ${read} of ${expected} bytes; it is read again.`,
    );
  }
}

async function withinSilence<T>(next: Promise<T>, { source, idleMs }: BodyChecks): Promise<T> {
  const silence = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    const seconds = Math.round(idleMs / 1000);
    silence.reject(
      new StateSourceError('unreachable', source, `the store fell silent for ${seconds} s.`),
    );
  }, idleMs);
  // Destroying the body settles it; nobody waits for it any more then.
  next.catch(() => undefined);
  try {
    return await Promise.race([next, silence.promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** Ends a body nobody wants the rest of. What it says to that is no news, and unheard it would end the process. */
export function discard(body: Readable): void {
  body.on('error', () => undefined);
  body.destroy();
}

/** Everything a small body holds. */
export async function wholeBody(body: Readable, checks: BodyChecks): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of checkedBody(body, checks)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

export function isGzip(content: Uint8Array): boolean {
  return content[0] === 0x1f && content[1] === 0x8b;
}

/** @throws StateSourceError when it is no whole gzip stream, or larger than allowed when unpacked */
export async function unzip(content: Buffer, source: string, maxBytes: number): Promise<Buffer> {
  try {
    return await inflate(content, { maxOutputLength: maxBytes });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(source, maxBytes);
    throw new StateSourceError('answer-invalid', source, 'its gzip data is damaged or cut off.');
  }
}

export function tooLarge(source: string, maxBytes: number): StateSourceError {
  return new StateSourceError(
    'too-large',
    source,
    `it is larger than ${Math.floor(maxBytes / MEBIBYTE)} MiB, the limit of this installation. Split the state or ask the operator.`,
  );
}
