import { describe, expect, it } from '@jest/globals';
import { DeadlineExceededError } from '../../core/http/client/index.js';
import { inventoryError, isAnswered, readFailure, retryDecision } from './azure.errors.js';
import { parseResetsAfter } from './request-quota.js';

const TOKEN = 'eyJ0eXAiOiJKV1QiCANARY';

/** What the SDK throws: the request, with its token, hangs on it. */
function thrown(code: string, statusCode?: number, more: object = {}): Error {
  const request = { headers: { authorization: `Bearer ${TOKEN}` } };
  const body = { error: { code, message: `refused ${code}` } };
  return Object.assign(new Error(`quoting ${TOKEN}`), { statusCode, body, request, ...more });
}

function headers(values: Record<string, string>): object {
  return { response: { headers: { get: (name: string) => values[name] } } };
}

describe('what an Azure error means', () => {
  it.each([
    ['RateLimiting', 429, 'throttled'],
    ['SomethingNew', 429, 'throttled'],
    ['AuthorizationFailed', 403, 'denied'],
    ['SomethingNew', 403, 'denied'],
    ['NoValidSubscriptionsInQueryRequest', 400, 'denied'],
    ['ExpiredAuthenticationToken', 401, 'failed'],
    ['SubscriptionNotFound', 404, 'failed'],
    ['InternalServerError', 500, 'failed'],
    ['InvalidQuery', 400, 'failed'],
  ])('%s with HTTP %s is %s', (code, status, expected) => {
    expect(readFailure(thrown(code, status), 'x').status).toBe(expected);
  });

  it.each([
    [thrown('RateLimiting', 429), true],
    [thrown('SomethingNew', 503), true],
    [Object.assign(new Error(), { code: 'UND_ERR_SOCKET' }), true],
    [new DeadlineExceededError(9), true],
    [thrown('AuthorizationFailed', 403), false],
    [thrown('InvalidAuthenticationToken', 401), false],
    [thrown('InvalidQuery', 400), false],
    [Object.assign(new Error('AADSTS700016: no such app'), { name: 'AuthenticationError' }), false],
  ])('%s is worth another try: %s', (error, again) => {
    expect(retryDecision(error) !== 'give-up').toBe(again);
  });

  it('waits as long as the service asks, by either header', () => {
    const asked = { 'retry-after': '2', 'x-ms-user-quota-resets-after': '00:00:05' };
    const error = thrown('RateLimiting', 429, headers(asked));
    expect(retryDecision(error)).toEqual({ afterMs: 5000 });
    expect(parseResetsAfter('01:01:01')).toBe(3_661_000);
    expect(parseResetsAfter('soon')).toBeNull();
  });

  it('takes the detail for what Resource Graph wraps', () => {
    const details = [{ code: 'AccessDenied', message: 'Access is denied.' }];
    const body = { error: { code: 'BadRequest', message: 'support info', details } };
    const error = thrown('', 400, { body });
    expect(readFailure(error, 'x')).toEqual({ status: 'denied', message: 'Access is denied.' });
  });

  it('tells an answer to one call from a service that is away', () => {
    expect(isAnswered(thrown('InvalidQuery', 400))).toBe(true);
    expect(isAnswered(thrown('RateLimiting', 429))).toBe(false);
    expect(isAnswered(new DeadlineExceededError(9))).toBe(false);
  });

  it.each([
    [thrown('InvalidAuthenticationToken', 401), 'INVENTORY.UNAUTHENTICATED'],
    [Object.assign(new Error('AADSTS7000215: x')), 'INVENTORY.UNAUTHENTICATED'],
    [Object.assign(new Error('endpoints_resolution_error: x')), 'INVENTORY.UNREACHABLE'],
    [thrown('AuthorizationFailed', 403), 'INVENTORY.DENIED'],
    [thrown('RateLimiting', 429), 'INVENTORY.THROTTLED'],
    [thrown('SomethingNew', 418), 'INVENTORY.UNREACHABLE'],
  ])('%s of the identity is %s, and quotes nothing', (error, code) => {
    const failure = inventoryError(error);
    expect(failure).toMatchObject({ code, provider: 'azure' });
    expect(JSON.stringify(failure) + String(failure.stack)).not.toContain('CANARY');
    expect(readFailure(error, 'x').message).not.toContain('CANARY');
  });
});
