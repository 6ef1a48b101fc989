import { describe, expect, it } from '@jest/globals';
import { LoginThrottle, MAX_FAILURES, throttleKey, WINDOW_MS } from './login-throttle.js';

const key = throttleKey({ organization: 'acme', username: 'Ada', ip: '192.0.2.1' });
const elsewhere = throttleKey({ organization: 'acme', username: 'Ada', ip: '192.0.2.2' });

function failed(times: number): LoginThrottle {
  const throttle = new LoginThrottle();
  for (let count = 0; count < times; count++) throttle.noteFailure(key, 0);
  return throttle;
}

describe('login throttle', () => {
  it('stops guessing after too many failures, for a while', () => {
    expect(() => failed(MAX_FAILURES - 1).assertAllowed(key, 1)).not.toThrow();
    const throttle = failed(MAX_FAILURES);
    expect(() => throttle.assertAllowed(key, 1)).toThrow('Too many');
    expect(() => throttle.assertAllowed(key, WINDOW_MS)).not.toThrow();
  });

  it('does not lock the user out from another address', () => {
    expect(() => failed(MAX_FAILURES).assertAllowed(elsewhere, 1)).not.toThrow();
  });

  it('forgets failures at a success', () => {
    const throttle = failed(MAX_FAILURES - 1);
    throttle.noteSuccess(key);
    throttle.noteFailure(key, 1);
    expect(() => throttle.assertAllowed(key, 2)).not.toThrow();
  });

  it('counts spellings of a username together', () => {
    expect(throttleKey({ organization: 'acme', username: 'ADA', ip: '192.0.2.1' })).toBe(key);
  });
});
