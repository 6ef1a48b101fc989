import type { FastifyReply, FastifyRequest } from 'fastify';
import { authErrors } from '../auth.errors.js';
import type { IssuedSession } from './session.service.js';

/** The prefix makes browsers refuse it from plain HTTP (RFC 6265bis); localhost counts as secure. */
export const REFRESH_COOKIE = '__Secure-driftguard-refresh';
/** No form and no other origin can send it without a preflight, which CORS refuses. */
export const CSRF_HEADER = 'x-driftguard-csrf';
const PATH = '/api/v1/auth';
const OPTIONS = { path: PATH, httpOnly: true, secure: true, sameSite: 'strict' } as const;

export function setRefreshCookie(reply: FastifyReply, issued: IssuedSession): void {
  void reply.setCookie(REFRESH_COOKIE, issued.refreshToken, {
    ...OPTIONS,
    maxAge: issued.refreshExpiresIn,
  });
}

export function clearRefreshCookie(reply: FastifyReply): void {
  void reply.clearCookie(REFRESH_COOKIE, OPTIONS);
}

/**
 * Null when the browser sent none.
 *
 * @throws DomainError `AUTH.CSRF` for a cookie that may have been sent against the user's will
 */
export function refreshCookieOf(request: FastifyRequest): string | null {
  const token = request.cookies[REFRESH_COOKIE];
  if (token === undefined || token === '') return null;
  const site = request.headers['sec-fetch-site'];
  const foreign = site !== undefined && site !== 'same-origin' && site !== 'none';
  if (foreign || request.headers[CSRF_HEADER] === undefined) throw authErrors.csrf();
  return token;
}
