import { SIGNAL_EXIT } from './exit-codes.js';

type InterruptingSignal = keyof typeof SIGNAL_EXIT;

/** Rejects what waits on the signal; says which signal it was. */
export class Interrupted extends Error {
  constructor(readonly signalName: InterruptingSignal) {
    super(`interrupted by ${signalName}`);
    this.name = 'Interrupted';
  }

  get exitCode(): number {
    return SIGNAL_EXIT[this.signalName];
  }
}

/** A terminal sends Ctrl-C to the whole process group and npm passes it on once more: that is one press, not two. */
const SAME_PRESS_MS = 1_000;

/**
 * Runs `work` with a signal that aborts on the first SIGINT or SIGTERM, so it can put things away. A second press ends
 * the process at once.
 */
export async function interruptible<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let interruptedAt = 0;
  const interrupt = (name: InterruptingSignal) => (): void => {
    const now = Date.now();
    if (!controller.signal.aborted) {
      interruptedAt = now;
      controller.abort(new Interrupted(name));
    } else if (now - interruptedAt > SAME_PRESS_MS) {
      process.exit(SIGNAL_EXIT[name]);
    }
  };
  const listeners = (Object.keys(SIGNAL_EXIT) as InterruptingSignal[]).map(
    (name) => [name, interrupt(name)] as const,
  );
  for (const [name, listener] of listeners) process.on(name, listener);
  // `npm start` holds the other end of this channel; when it is killed hard, nobody is left to press Ctrl-C.
  const orphaned = interrupt('SIGTERM');
  process.on('disconnect', orphaned);
  try {
    return await work(controller.signal);
  } finally {
    for (const [name, listener] of listeners) process.off(name, listener);
    process.off('disconnect', orphaned);
  }
}
