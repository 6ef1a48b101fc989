import type {
  ActualResource,
  JsonObject,
  KnownRows,
  RawReader,
} from '../../../core/providers/index.js';
import { actualKeys } from '../engine/index.js';
import type { KeptRow } from './kept-resources.js';
import type { ScanBodies } from './scan-bodies.js';
import { ShelvedActual } from './shelved-actual.js';

export interface LiveRowsOptions {
  readonly bodies: ScanBodies;
  readonly store: {
    find(key: string): string | undefined;
    use(key: string): void;
    keep(key: string, text: string): void;
  };
  /** Stands for what the resource in a text depends on: how rows are read. */
  readonly circumstances: string;
  readonly hash: (text: string) => string;
  /** Facts that must not rest in clear: such a row is parsed each time. */
  readonly isSecret: (facts: JsonObject) => boolean;
  /** Undefined where the inventory gives no raw texts. */
  readonly read: RawReader | undefined;
}

/** The rows of live resources that the last scan parsed. */
export class LiveRows implements KnownRows {
  constructor(private readonly options: LiveRowsOptions) {}

  recall(raw: string): ActualResource | null {
    const { bodies, store, read } = this.options;
    if (read === undefined) return null;
    const key = this.#key(raw);
    const text = store.find(key);
    if (text === undefined) return null;
    store.use(key);
    return bodies.row(raw, JSON.parse(text) as KeptRow, read);
  }

  /** A resource that was listed, put away; what was not recalled is known to the next scan. `raw`: as its record says. */
  keep(resource: ActualResource, raw: string | undefined): ActualResource {
    if (resource instanceof ShelvedActual) return resource;
    const { bodies, store, isSecret, read } = this.options;
    if (raw === undefined || read === undefined) return bodies.actual(resource);
    const kept = bodies.actual(resource, actualKeys(resource));
    if (!(kept instanceof ShelvedActual)) return kept;
    const text = JSON.stringify(kept.row());
    if (!isSecret(JSON.parse(text) as JsonObject)) store.keep(this.#key(raw), text);
    return kept;
  }

  #key(raw: string): string {
    return `row ${this.options.hash(raw)}${this.options.circumstances}`;
  }
}
