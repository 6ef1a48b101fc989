import { describe, expect, it } from '@jest/globals';
import { createProgress } from './progress.js';
import { createTerminal } from './terminal.js';

function record(isTTY: boolean) {
  const written: string[] = [];
  const stream = { isTTY, columns: 80, write: (text: string) => written.push(text) };
  const clock = { now: 0 };
  const terminal = createTerminal(stream, { NO_COLOR: '1', TERM: 'xterm' });
  return { written, clock, progress: createProgress(terminal, () => clock.now) };
}

describe('progress', () => {
  it('is one line redrawn in a terminal, and leaves nothing behind', () => {
    const { written, clock, progress } = record(true);
    progress.update('one');
    progress.update('too soon');
    clock.now = 100;
    progress.update('two');
    progress.clear();
    progress.clear();
    expect(written).toEqual(['\r\u001B[2Kone', '\r\u001B[2Ktwo', '\r\u001B[2K']);
  });

  it('is a line now and then in a log, none for short work', () => {
    const { written, clock, progress } = record(false);
    progress.update('quick');
    clock.now = 10_500;
    progress.update('long');
    clock.now = 11_000;
    progress.update('too soon');
    expect(written).toEqual(['long\n']);
  });
});
