import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { AwsServiceError } from './aws-protocol.js';

const key = randomBytes(32);

/** An opaque page token, good only for the request it was made for. */
export function makePageToken(request: string, position: number): string {
  return Buffer.from(JSON.stringify({ position, mark: mark(request, position) })).toString(
    'base64',
  );
}

/** The position in a token; 0 without one. */
export function readPageToken(request: string, token: string): number {
  if (token === '') return 0;
  const position = decode(request, token);
  if (position === null) {
    throw new AwsServiceError('InvalidNextTokenException', 'The nextToken provided is invalid');
  }
  return position;
}

function decode(request: string, token: string): number | null {
  try {
    const content = JSON.parse(Buffer.from(token, 'base64').toString()) as Record<string, unknown>;
    const { position, mark: given } = content;
    if (typeof position !== 'number' || typeof given !== 'string') return null;
    const expected = mark(request, position);
    const same =
      given.length === expected.length &&
      timingSafeEqual(Buffer.from(given), Buffer.from(expected));
    return same ? position : null;
  } catch {
    return null;
  }
}

function mark(request: string, position: number): string {
  return createHmac('sha256', key).update(`${position}\n${request}`).digest('base64url');
}
