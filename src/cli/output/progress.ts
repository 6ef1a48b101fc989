import { truncate } from './text.js';
import type { Terminal } from './terminal.js';

/** One line that says where the work stands; it never mixes with results, which go to another stream. */
export interface Progress {
  update(text: string): void;
  /** Removes the line (terminal) and ends. Safe to call twice. */
  clear(): void;
}

const ERASE_LINE = '\r\u001B[2K';
const REDRAW_MS = 80;
/** In a log one line now and then is enough to see it is alive; short work needs none. */
const LOG_INTERVAL_MS = 10_000;

export function createProgress(
  terminal: Terminal,
  now: () => number = () => performance.now(),
): Progress {
  return terminal.interactive ? redrawnLine(terminal, now) : sparseLines(terminal, now);
}

function redrawnLine(terminal: Terminal, now: () => number): Progress {
  let shown = false;
  let drawnAt = Number.NEGATIVE_INFINITY;
  return {
    update(text) {
      if (shown && now() - drawnAt < REDRAW_MS) return;
      drawnAt = now();
      shown = true;
      terminal.write(ERASE_LINE + terminal.paint('dim', truncate(text, terminal.width - 1)));
    },
    clear() {
      if (shown) terminal.write(ERASE_LINE);
      shown = false;
    },
  };
}

function sparseLines(terminal: Terminal, now: () => number): Progress {
  let writtenAt = now();
  return {
    update(text) {
      if (now() - writtenAt < LOG_INTERVAL_MS) return;
      writtenAt = now();
      terminal.write(`${text}\n`);
    },
    clear: () => undefined,
  };
}

export const NO_PROGRESS: Progress = { update: () => undefined, clear: () => undefined };
