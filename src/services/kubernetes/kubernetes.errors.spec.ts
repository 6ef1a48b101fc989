import { describe, expect, it } from '@jest/globals';
import { DeadlineExceededError } from '../../core/http/client/index.js';
import {
  CredentialSourceError,
  KubernetesStatusError,
  inventoryError,
  isExpired,
  readFailure,
  retryDecision,
} from './kubernetes.errors.js';

function status(code: number, retryAfterMs: number | null = null): KubernetesStatusError {
  return new KubernetesStatusError(code, 'Reason', 'words of the server', retryAfterMs);
}

/** As fetch throws it. */
function network(code: string): Error {
  return new TypeError('fetch failed', {
    cause: Object.assign(new Error('secret host'), { code }),
  });
}

describe('what an error of the API server means', () => {
  it.each([
    [403, 'denied', false],
    [429, 'throttled', true],
    [401, 'failed', false],
    [404, 'failed', false],
    [410, 'failed', false],
    [500, 'failed', true],
    [503, 'failed', true],
  ])('HTTP %s is %s, worth another try: %s', (code, expected, again) => {
    expect(readFailure(status(code)).status).toBe(expected);
    expect(retryDecision(status(code)) !== 'give-up').toBe(again);
  });

  it.each([
    ['ECONNRESET', true],
    ['UND_ERR_SOCKET', true],
    ['EAI_AGAIN', true],
    ['ENOTFOUND', true],
    ['SELF_SIGNED_CERT_IN_CHAIN', false],
  ])('%s on the network is worth another try: %s', (code, again) => {
    expect(retryDecision(network(code)) !== 'give-up').toBe(again);
    expect(readFailure(network(code)).message).toContain(code);
    expect(readFailure(network(code)).message).not.toContain('secret host');
  });

  it('waits as long as the server asks, and starts an expired list again', () => {
    expect(retryDecision(status(429, 2000))).toEqual({ afterMs: 2000 });
    expect(retryDecision(new DeadlineExceededError(9))).toEqual({ afterMs: null });
    expect(isExpired(status(410))).toBe(true);
    expect(isExpired(status(404))).toBe(false);
  });

  it.each([
    [status(401), 'INVENTORY.UNAUTHENTICATED'],
    [status(403), 'INVENTORY.DENIED'],
    [status(429), 'INVENTORY.THROTTLED'],
    [status(404), 'INVENTORY.UNREACHABLE'],
    [network('ECONNREFUSED'), 'INVENTORY.UNREACHABLE'],
    [CredentialSourceError.from(network('ENOENT')), 'INVENTORY.UNAUTHENTICATED'],
  ])('%s is %s when nothing can be read', (error, code) => {
    expect(inventoryError(error)).toMatchObject({ code, provider: 'kubernetes', cause: undefined });
  });
});
