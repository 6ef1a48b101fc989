import { TextIndex } from '../../../core/collections/index.js';

/** Which drifts are stored, and with which differences. */
export class StoredDifferences {
  readonly #known = new TextIndex();

  add(fingerprint: string, differencesHash: string): void {
    this.#known.add(`${fingerprint} ${differencesHash}`);
  }

  has(fingerprint: string, differencesHash: string): boolean {
    return this.#known.has(`${fingerprint} ${differencesHash}`);
  }
}
