interface Place {
  readonly accountId: string;
  readonly region: string;
}

/** So many parts in a row without any answer, and the rest of the region is not waited for. */
const PATIENCE = 3;

/** Regions that stopped answering in the middle of a scan: each further part would cost all its retries and time limits. */
export class Outages {
  private readonly silent = new Map<string, { parts: number; message: string }>();

  /** Why a place is given up; null while it is not. */
  at(place: Place): string | null {
    const known = this.silent.get(keyOf(place));
    if (!known || known.parts < PATIENCE) return null;
    return `Not asked any more, because nothing answered before: ${known.message}`;
  }

  /** `message` when nothing answered; null when something did. */
  note(place: Place, message: string | null): void {
    if (message === null) this.silent.delete(keyOf(place));
    else {
      const parts = (this.silent.get(keyOf(place))?.parts ?? 0) + 1;
      this.silent.set(keyOf(place), { parts, message });
    }
  }
}

function keyOf({ accountId, region }: Place): string {
  return `${accountId} ${region}`;
}
