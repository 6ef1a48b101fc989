import type { FastifyReply, FastifyRequest } from 'fastify';
import { BOARD_SECONDS } from './board-sessions.js';

export const BOARD_PATH = '/queue-board';
/** The prefix makes browsers refuse it from plain HTTP (RFC 6265bis); localhost counts as secure. */
export const BOARD_COOKIE = '__Secure-driftguard-board';
const OPTIONS = { path: BOARD_PATH, httpOnly: true, secure: true, sameSite: 'strict' } as const;

export function setBoardCookie(reply: FastifyReply, secret: string): void {
  void reply.setCookie(BOARD_COOKIE, secret, { ...OPTIONS, maxAge: BOARD_SECONDS });
}

export function clearBoardCookie(reply: FastifyReply): void {
  void reply.clearCookie(BOARD_COOKIE, OPTIONS);
}

export function boardCookieOf(request: FastifyRequest): string | null {
  const secret = request.cookies[BOARD_COOKIE];
  return secret === undefined || secret === '' ? null : secret;
}

/** Whether another site had a hand in the request; the cookie is not sent then, and this does not rely on it. */
export function isForeign(request: FastifyRequest): boolean {
  const site = request.headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
}
