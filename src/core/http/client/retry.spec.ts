import { describe, expect, it } from '@jest/globals';
import { DeadlineExceededError, withDeadline } from './deadline.js';
import { parseRetryAfter, retry } from './retry.js';

const quick = { attempts: 4, baseDelayMs: 1, maxDelayMs: 20 };
const never = new AbortController().signal;
const always = () => ({ afterMs: null });

function failing(times: number): { calls: () => number; call: () => Promise<string> } {
  let calls = 0;
  return {
    calls: () => calls,
    call: async () => {
      calls += 1;
      if (calls <= times) throw new Error(`failure ${calls}`);
      return 'answer';
    },
  };
}

describe('retry', () => {
  it('answers once a call succeeds', async () => {
    const server = failing(3);
    await expect(retry(quick, never, always, server.call)).resolves.toBe('answer');
    expect(server.calls()).toBe(4);
  });

  it('throws the last error when the attempts are used up', async () => {
    await expect(retry(quick, never, always, failing(9).call)).rejects.toThrow('failure 4');
  });

  it('does not repeat what will not change', async () => {
    const server = failing(9);
    await expect(retry(quick, never, () => 'give-up', server.call)).rejects.toThrow('failure 1');
    expect(server.calls()).toBe(1);
  });

  it('gives up on a server that asks for a longer wait than allowed', async () => {
    const server = failing(9);
    const decide = () => ({ afterMs: 60_000 });
    await expect(retry(quick, never, decide, server.call)).rejects.toThrow('failure 1');
  });

  it('stops waiting when it is cancelled', async () => {
    const controller = new AbortController();
    const patient = { attempts: 2, baseDelayMs: 3_600_000, maxDelayMs: 3_600_000 };
    const waiting = retry(
      patient,
      controller.signal,
      () => ({ afterMs: 3_600_000 }),
      failing(9).call,
    );
    setImmediate(() => controller.abort(new Error('enough')));
    await expect(waiting).rejects.toThrow('enough');
  });
});

describe('withDeadline', () => {
  it('rejects although the call ignores its signal', async () => {
    const deaf = () => new Promise<never>(() => undefined);
    await expect(withDeadline(5, never, deaf)).rejects.toBeInstanceOf(DeadlineExceededError);
  });

  it('rejects with the reason of the caller', async () => {
    const controller = new AbortController();
    const pending = withDeadline(
      60_000,
      controller.signal,
      () => new Promise<never>(() => undefined),
    );
    controller.abort(new Error('enough'));
    await expect(pending).rejects.toThrow('enough');
  });

  it('aborts the signal it hands out', async () => {
    let seen: AbortSignal | undefined;
    const call = (signal: AbortSignal) => {
      seen = signal;
      return new Promise<never>(() => undefined);
    };
    await expect(withDeadline(5, never, call)).rejects.toThrow('5 ms');
    expect(seen?.aborted).toBe(true);
  });
});

describe('parseRetryAfter', () => {
  it.each([
    ['2', 2000],
    ['0', 0],
    ['Wed, 21 Oct 2026 07:28:10 GMT', 10_000],
    ['Wed, 21 Oct 2026 07:27:00 GMT', 0],
    ['soon', null],
    [null, null],
    ['', null],
  ])('%j is %j ms', (header, milliseconds) => {
    expect(parseRetryAfter(header, Date.parse('2026-10-21T07:28:00Z'))).toBe(milliseconds);
  });
});
