import { describe, expect, it } from '@jest/globals';
import { DeadlineExceededError } from '../../core/http/client/index.js';
import { inventoryError, isHopeless, readFailure, retryDecision } from './gcp.errors.js';

const TOKEN = 'ya29.CANARY';
const PERMISSION = 'cloudasset.assets.listResource';

/** As the SDK's transport throws a refused call. */
function answered(status: number, rpc: string | null, headers: Record<string, string> = {}): Error {
  const body = { error: { code: status, message: `said ${rpc ?? ''}`, status: rpc } };
  const message = rpc === null ? `<html>${TOKEN}</html>` : JSON.stringify(body);
  const config = { headers: { authorization: `Bearer ${TOKEN}` } };
  return Object.assign(new Error(message), {
    code: status,
    config,
    response: { status, headers: new Headers(headers) },
  });
}

function broken(code: string): Error {
  return Object.assign(new Error(`request to http://x/?token=${TOKEN} failed`), { code });
}

describe('what a Google Cloud error means', () => {
  it.each([
    [429, 'RESOURCE_EXHAUSTED', 'throttled'],
    [429, null, 'throttled'],
    [403, 'PERMISSION_DENIED', 'denied'],
    [403, null, 'denied'],
    [403, 'RESOURCE_EXHAUSTED', 'throttled'],
    [401, 'UNAUTHENTICATED', 'failed'],
    [400, 'INVALID_ARGUMENT', 'failed'],
    [500, 'INTERNAL', 'failed'],
    [502, null, 'failed'],
  ])('HTTP %s with %s is %s', (status, rpc, expected) => {
    expect(readFailure(answered(status, rpc), PERMISSION).status).toBe(expected);
  });

  it.each([
    [answered(429, 'RESOURCE_EXHAUSTED'), true],
    [answered(503, 'UNAVAILABLE'), true],
    [answered(502, null), true],
    [broken('ECONNRESET'), true],
    [new SyntaxError('Unexpected end of JSON input'), true],
    [answered(403, 'PERMISSION_DENIED'), false],
    [answered(401, 'UNAUTHENTICATED'), false],
    [answered(400, 'INVALID_ARGUMENT'), false],
    [new TypeError('x is not a function'), false],
  ])('%s is worth another try: %s', (error, again) => {
    expect(retryDecision(error) !== 'give-up').toBe(again);
  });

  it('waits as long as the service asks', () => {
    const error = answered(429, 'RESOURCE_EXHAUSTED', { 'retry-after': '3' });
    expect(retryDecision(error)).toEqual({ afterMs: 3000 });
    expect(retryDecision(new DeadlineExceededError(9))).toEqual({ afterMs: null });
  });

  it('shows a refusal as it was worded, and of anything else only the code', () => {
    expect(readFailure(answered(403, 'PERMISSION_DENIED'), PERMISSION).message).toBe(
      `${PERMISSION} is not allowed: said PERMISSION_DENIED`,
    );
    for (const error of [answered(502, null), answered(403, null), broken('ECONNRESET')]) {
      expect(readFailure(error, PERMISSION).message).not.toContain(TOKEN);
      const thrown = inventoryError(error);
      expect(JSON.stringify(thrown) + thrown.message).not.toContain(TOKEN);
    }
  });

  it.each([
    [answered(401, 'UNAUTHENTICATED'), 'INVENTORY.UNAUTHENTICATED', 'unauthenticated'],
    [answered(403, 'PERMISSION_DENIED'), 'INVENTORY.DENIED', 'forbidden'],
    [answered(429, 'RESOURCE_EXHAUSTED'), 'INVENTORY.THROTTLED', 'tooMany'],
    [answered(400, 'INVALID_ARGUMENT'), 'INVENTORY.CONNECTION_INVALID', 'invalid'],
    [broken('ENOTFOUND'), 'INVENTORY.UNREACHABLE', 'unavailable'],
  ])('%s of the identity is %s', (error, code, kind) => {
    expect(inventoryError(error)).toMatchObject({ code, kind, provider: 'gcp' });
  });

  it('knows when asking for something else is no use', () => {
    expect(isHopeless(answered(401, 'UNAUTHENTICATED'))).toBe(true);
    expect(isHopeless(broken('ECONNREFUSED'))).toBe(true);
    expect(isHopeless(answered(403, 'PERMISSION_DENIED'))).toBe(false);
    expect(isHopeless(answered(429, 'RESOURCE_EXHAUSTED'))).toBe(false);
  });
});
