import type { Logger } from '../../../core/logging/index.js';
import type { ScanProgress } from './scan-lifecycle.js';

const INTERVAL_MS = 1000;

type Send = (progress: ScanProgress) => Promise<boolean>;

/**
 * Writes down how far a scan is, once a second at most and at least, so that a quiet provider does not look like a dead
 * worker. Aborts `signal` when the answer is that somebody wants the scan stopped.
 */
export class ProgressReporter {
  readonly #stop = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #progress: ScanProgress = { done: 0, total: null, label: 'Starting', pages: 0, counts: {} };
  #sending: Promise<void> = Promise.resolve();

  constructor(
    private readonly send: Send,
    private readonly logger: Logger,
  ) {
    this.#timer = setInterval(() => {
      this.#sending = this.#sending.then(() => this.#report());
    }, INTERVAL_MS);
  }

  /** Aborted with `ScanStopped` when the scan is to be stopped. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  update(changes: Partial<ScanProgress>): void {
    this.#progress = { ...this.#progress, ...changes };
  }

  /** No report is under way after it. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#sending;
  }

  async #report(): Promise<void> {
    if (this.#stop.signal.aborted) return;
    try {
      if (await this.send(this.#progress)) this.#stop.abort(new ScanStopped());
    } catch (error) {
      // One lost report is no reason to stop; when the database stays away, settling fails.
      this.logger.write('warn', 'the progress of a scan could not be written', { error });
    }
  }
}

/** Somebody cancelled the scan, or it is not this worker's any more. */
export class ScanStopped extends Error {
  constructor() {
    super('the scan was stopped');
    this.name = 'ScanStopped';
  }
}
