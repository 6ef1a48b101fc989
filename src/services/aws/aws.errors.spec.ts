import { describe, expect, it } from '@jest/globals';
import { DeadlineExceededError } from '../../core/http/client/index.js';
import { inventoryError, readFailure, retryDecision } from './aws.errors.js';

const TOKEN = 'FwoGZXIvYXdzEXAMPLETOKEN';

function thrown(name: string, status: number | null, more: object = {}): Error {
  const $metadata = status === null ? {} : { httpStatusCode: status };
  return Object.assign(new Error(`refused: x-amz-security-token:${TOKEN}`), {
    name,
    $metadata,
    ...more,
  });
}

describe('what an AWS error means', () => {
  it.each([
    ['ThrottlingException', 400, 'throttled'],
    ['TooManyRequestsException', 429, 'throttled'],
    ['SomethingNew', 429, 'throttled'],
    ['AccessDeniedException', 400, 'denied'],
    ['UnauthorizedOperation', 403, 'denied'],
    ['ExpiredTokenException', 400, 'failed'],
    ['InternalFailure', 500, 'failed'],
    ['SomethingNew', 503, 'failed'],
    ['InvalidExpressionException', 400, 'failed'],
    ['TypeError', null, 'failed'],
  ])('%s with HTTP %s is %s', (name, status, expected) => {
    expect(readFailure(thrown(name, status), 'config:X').status).toBe(expected);
  });

  it.each([
    ['ThrottlingException', 400, {}, true],
    ['InternalFailure', 500, {}, true],
    ['Error', null, { code: 'ECONNRESET' }, true],
    ['SyntaxError', 200, {}, true],
    ['AccessDeniedException', 400, {}, false],
    ['ExpiredTokenException', 403, {}, false],
    ['ValidationException', 400, {}, false],
  ])('%s with HTTP %s %j is worth another try: %s', (name, status, more, again) => {
    expect(retryDecision(thrown(name, status, more)) !== 'give-up').toBe(again);
  });

  it('waits as long as the service asks', () => {
    const $response = { headers: { 'retry-after': '3' } };
    const error = thrown('ThrottlingException', 400, { $response });
    expect(retryDecision(error)).toEqual({ afterMs: 3000 });
    expect(retryDecision(new DeadlineExceededError(9))).toEqual({ afterMs: null });
  });

  it('shows a refusal as it was worded, and of anything else only the code', () => {
    const denied = Object.assign(new Error('User: me is not authorized'), { name: 'AccessDenied' });
    expect(readFailure(denied, 'config:X').message).toBe('User: me is not authorized');
    for (const name of [
      'SignatureDoesNotMatch',
      'InternalFailure',
      'ThrottlingException',
      'Error',
    ]) {
      const error = thrown(name, 403);
      expect(readFailure(error, 'config:X').message).not.toContain(TOKEN);
      expect(JSON.stringify(inventoryError(error)) + inventoryError(error).message).not.toContain(
        TOKEN,
      );
    }
  });

  it.each([
    ['InvalidClientTokenId', 'INVENTORY.UNAUTHENTICATED', 'unauthenticated'],
    ['CredentialsProviderError', 'INVENTORY.UNAUTHENTICATED', 'unauthenticated'],
    ['AccessDenied', 'INVENTORY.DENIED', 'forbidden'],
    ['Throttling', 'INVENTORY.THROTTLED', 'tooMany'],
    ['ENOTFOUND', 'INVENTORY.UNREACHABLE', 'unavailable'],
  ])('%s of the identity is %s', (name, code, kind) => {
    expect(inventoryError(thrown(name, 403))).toMatchObject({ code, kind, provider: 'aws' });
  });
});
