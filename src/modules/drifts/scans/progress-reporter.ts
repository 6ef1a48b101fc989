import type { Logger } from '../../../core/logging/index.js';
import { RemainingTime } from './remaining-time.js';
import type { ScanProgress } from './scan-lifecycle.js';

/** Somebody who cancels is heard within a second. */
const INTERVAL_MS = 500;

type Send = (progress: ScanProgress) => Promise<boolean>;

/**
 * Writes down how far a scan is, twice a second at most and at least, so that a quiet provider does not look like a dead
 * worker. Aborts `signal` when the answer is that somebody wants the scan stopped.
 */
export class ProgressReporter {
  readonly #stop = new AbortController();
  readonly #timer: NodeJS.Timeout;
  #progress: ScanProgress = {
    done: 0,
    total: null,
    label: 'Starting',
    etaSeconds: null,
    pages: 0,
    counts: {},
  };
  readonly #remaining = new RemainingTime();
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
    const progress = { ...this.#progress, ...changes };
    const { done, total } = progress;
    const etaSeconds = this.#remaining.seconds(done, total);
    this.#progress = { ...progress, etaSeconds };
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
