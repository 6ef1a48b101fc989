/** A call that took longer than it may; the callers' error tables treat it as a network failure. */
export class DeadlineExceededError extends Error {
  constructor(readonly milliseconds: number) {
    super(`no answer within ${milliseconds} ms`);
    this.name = 'DeadlineExceededError';
  }
}

/**
 * Runs one outgoing call with a time limit (milliseconds) that covers reading the body too. Rejects the moment the
 * limit passes or `signal` aborts, even if the client underneath ignores the signal it is given.
 */
export async function withDeadline<T>(
  milliseconds: number,
  signal: AbortSignal,
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const controller = new AbortController();
  const stopped = Promise.withResolvers<never>();
  const stop = (reason: unknown): void => {
    const error = reason instanceof Error ? reason : new Error(String(reason));
    controller.abort(error);
    stopped.reject(error);
  };
  const onAbort = (): void => stop(signal.reason);
  const timer = setTimeout(() => stop(new DeadlineExceededError(milliseconds)), milliseconds);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([call(controller.signal), stopped.promise]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', onAbort);
  }
}
