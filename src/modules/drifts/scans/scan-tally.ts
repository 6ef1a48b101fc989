import type { Coverage } from '../../../core/providers/index.js';
import type { Classification } from '../engine/index.js';
import type { PassedOver } from '../scan-choices.js';
import type { ScanResult } from '../settle/settle-scan.js';
import type { TallyEntry } from './tally-entry.js';

const MAX_REASONS = 100;
/** Each parent by itself would fill the list. */
const CHILD = 'part of, or made by, something else';

/** Counts while detections pass. */
export class ScanTally {
  #compared = 0;
  #inSync = 0;
  #missing = 0;
  #unread = 0;
  #unverifiable = 0;
  #suppressed = 0;
  #reused = 0;
  readonly #passedOver = new Map<string, PassedOver>();

  /** `reused`: taken over from the last scan, because nothing it depends on has changed. */
  add(entry: TallyEntry, reused = false): void {
    if (reused) this.#reused += 1;
    switch (entry.kind) {
      case 'compared':
        this.#compared += 1;
        this.#unverifiable += entry.unverifiable;
        this.#suppressed += entry.suppressed;
        if (entry.inSync) this.#inSync += 1;
        return;
      case 'missing':
        this.#missing += 1;
        return;
      case 'unread':
        this.#unread += 1;
        return;
      case 'unmanaged':
        this.#pass(entry.classification);
        return;
    }
  }

  #pass({ class: own, reason }: Classification): void {
    if (own === 'unmanaged') return;
    const text = own === 'child' ? CHILD : (reason ?? own);
    const known = this.#passedOver.get(`${own}|${text}`);
    this.#passedOver.set(`${own}|${text}`, {
      class: own,
      reason: text,
      resources: (known?.resources ?? 0) + 1,
    });
  }

  /** Most frequent first. */
  passedOver(): PassedOver[] {
    return [...this.#passedOver.values()]
      .sort((left, right) => right.resources - left.resources)
      .slice(0, MAX_REASONS);
  }

  counts(declared: number, actual: number): ScanResult['counts'] {
    return {
      declared,
      actual,
      compared: this.#compared,
      // What a plan's refresh found unchanged was not compared again.
      in_sync: this.#inSync + declared - this.#compared - this.#missing - this.#unread,
      unread: this.#unread,
      unverifiable: this.#unverifiable,
      suppressed: this.#suppressed,
      reused: this.#reused,
    };
  }

  /** Share of declared resources that somebody could look at, 0–1; null when nothing was declared. */
  coverageScore(declared: number): number | null {
    return declared === 0 ? null : (declared - this.#unread) / declared;
  }
}

/** A scan that could not look everywhere says so. */
export function isComplete(coverage: readonly Coverage[]): boolean {
  return coverage.every(({ status }) => status === 'complete');
}
