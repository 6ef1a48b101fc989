import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { invalidArgument } from './gcp-protocol.js';

const key = randomBytes(32);

/** An opaque page token, good only for the request it was made for. */
export function makePageToken(request: string, position: number): string {
  return Buffer.from(`${position}:${mark(request, position)}`).toString('base64url');
}

/** The position in a token; 0 without one. */
export function readPageToken(request: string, token: string): number {
  if (token === '') return 0;
  const [position = '', given = ''] = Buffer.from(token, 'base64url').toString().split(':');
  const expected = mark(request, Number(position));
  const isOurs =
    /^\d+$/.test(position) &&
    given.length === expected.length &&
    timingSafeEqual(Buffer.from(given), Buffer.from(expected));
  if (!isOurs) throw invalidArgument('The page token is invalid or has expired.');
  return Number(position);
}

function mark(request: string, position: number): string {
  return createHmac('sha256', key).update(`${position}\n${request}`).digest('base64url');
}
