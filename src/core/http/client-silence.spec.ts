import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { isWaitingForClient } from './client-silence.js';

function exchange(
  request: Pick<IncomingMessage, 'complete' | 'readableLength'>,
  response: Partial<Pick<ServerResponse, 'writableEnded' | 'writableNeedDrain'>> = {},
) {
  return {
    request: request as IncomingMessage,
    response: { writableEnded: false, writableNeedDrain: false, ...response } as ServerResponse,
  };
}

describe('a silent connection', () => {
  it.each([
    ['sends no request at all', undefined, true],
    ['owes us the rest of it', exchange({ complete: false, readableLength: 0 }), true],
    [
      'does not read our answer',
      exchange({ complete: true, readableLength: 0 }, { writableEnded: true }),
      true,
    ],
    [
      'lets our stream stall',
      exchange({ complete: true, readableLength: 0 }, { writableNeedDrain: true }),
      true,
    ],
    ['waits for our answer', exchange({ complete: true, readableLength: 0 }), false],
    ['waits until we read on', exchange({ complete: false, readableLength: 65_536 }), false],
  ])('whose client %s', (_what, state, isOurs) => {
    expect(isWaitingForClient(state)).toBe(isOurs);
  });
});
