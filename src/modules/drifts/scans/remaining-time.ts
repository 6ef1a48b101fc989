/** Estimates how long a scan still reads, from the parts done since it began and the time they took. */
export class RemainingTime {
  private first: { readonly done: number; readonly at: number } | undefined;

  /** Milliseconds of any clock that only goes forward. */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Whole seconds; null while nothing is known. `total` is null until the number of parts is. */
  seconds(done: number, total: number | null): number | null {
    if (total === null) return null;
    this.first ??= { done, at: this.now() };
    const parts = done - this.first.done;
    if (done >= total) return 0;
    if (parts <= 0) return null;
    const perPart = (this.now() - this.first.at) / parts;
    return Math.ceil((perPart * (total - done)) / 1000);
  }
}
