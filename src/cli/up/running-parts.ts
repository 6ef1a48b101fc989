import { DomainError } from '../../core/errors/index.js';

export interface Part {
  readonly name: string;
  stop(): Promise<void>;
}

/** What was started, in order; stopped in the opposite one. */
export class RunningParts {
  private readonly parts: Part[] = [];
  private fail: (error: DomainError) => void = () => undefined;
  /** Rejects when a part ends that nobody stopped. */
  readonly failure: Promise<never>;

  constructor() {
    this.failure = new Promise<never>((_resolve, reject) => {
      this.fail = reject;
    });
    // It may fail before anybody waits for it.
    this.failure.catch(() => undefined);
  }

  /** A server under a keeper. */
  addServer(
    name: string,
    server: {
      readonly logFile: string;
      onUnexpectedExit(listener: (reason: string) => void): void;
      stop(): Promise<void>;
    },
  ): void {
    this.parts.push({ name, stop: () => server.stop() });
    server.onUnexpectedExit((reason) =>
      this.fail(
        new DomainError({
          code: 'UP.SERVER_ENDED',
          kind: 'unavailable',
          message: `${name} ended by itself: ${reason}. Its log: ${server.logFile}`,
        }),
      ),
    );
  }

  /** A process of our own build. */
  addChild(child: Part & { readonly failed: Promise<DomainError> }): void {
    this.parts.push(child);
    void child.failed.then((error) => this.fail(error));
  }

  async stop(): Promise<void> {
    while (this.parts.length > 0) await this.parts.pop()?.stop();
  }
}
