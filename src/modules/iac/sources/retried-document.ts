import type { Readable } from 'node:stream';
import { retry, type RetryPolicy } from '../../../core/http/client/index.js';
import { type SourceDocument, StateSourceError } from '../../../core/providers/index.js';

const POLICY: RetryPolicy = { attempts: 3, baseDelayMs: 500, maxDelayMs: 5000 };
const PASSING: readonly string[] = ['unreachable', 'throttled', 'changed'];

/** A document whose opening is tried again while the reason is a passing one. What was read already is not read twice. */
export function readable(document: SourceDocument, policy = POLICY): SourceDocument {
  return {
    name: document.name,
    get size() {
      return document.size;
    },
    get version() {
      return document.version ?? null;
    },
    get facts() {
      return document.facts ?? {};
    },
    get workspace() {
      return document.workspace ?? null;
    },
    get notices() {
      return document.notices ?? [];
    },
    get named() {
      return document.named ?? true;
    },
    open: (signal): Promise<Readable> => retry(policy, signal, decide, () => document.open(signal)),
  };
}

function decide(error: unknown) {
  const passing = error instanceof StateSourceError && PASSING.includes(error.failure);
  return passing ? { afterMs: error.retryAfterMs } : ('give-up' as const);
}
