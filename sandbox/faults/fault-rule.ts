import { isObject } from '../json.js';
import type { Json } from '../json.js';

export const FAULTS = ['deny', 'throttle', 'error', 'expire', 'slow', 'cut', 'drop'] as const;
export type Fault = (typeof FAULTS)[number];

/** One fault on demand. A call is hit when every given filter fits and `skip`, `times` and `share` let it through. */
export interface FaultRule {
  readonly fault: Fault;
  /** AWS operation (`SelectResourceConfig`), or `list`, `get`, `discovery` for Kubernetes. */
  readonly operation?: string;
  /** AWS resource type, or a Kubernetes kind. */
  readonly type?: string;
  readonly region?: string;
  readonly namespace?: string;
  /** Share of the fitting calls, 0 to 1, drawn with `seed`. All when absent. */
  readonly share?: number;
  readonly seed?: number;
  /** Lets the first fitting calls pass. */
  readonly skip?: number;
  /** Stops after that many hits. */
  readonly times?: number;
  /** throttle: the `Retry-After` header, in seconds; none when absent. */
  readonly retryAfterSeconds?: number;
  /** error: HTTP status, 500 when absent. */
  readonly status?: number;
  /** slow: milliseconds before the answer. */
  readonly delayMs?: number;
  /** cut: bytes of the body sent before the connection breaks; half of it when absent. */
  readonly afterBytes?: number;
}

export class FaultRuleError extends Error {}

const TEXTS = ['operation', 'type', 'region', 'namespace'] as const;
const NUMBERS = [
  'share',
  'seed',
  'skip',
  'times',
  'retryAfterSeconds',
  'status',
  'delayMs',
  'afterBytes',
] as const;
const KNOWN = new Set<string>(['fault', ...TEXTS, ...NUMBERS]);

export function parseFaultRule(body: Json): FaultRule {
  if (!isObject(body)) throw new FaultRuleError('A fault is a JSON object.');
  const unknown = Object.keys(body).find((key) => !KNOWN.has(key));
  if (unknown)
    throw new FaultRuleError(`Unknown field ${unknown}; known: ${[...KNOWN].join(', ')}.`);
  const fault = FAULTS.find((name) => name === body.fault);
  if (!fault) throw new FaultRuleError(`fault is one of ${FAULTS.join(', ')}.`);
  const wrongText = TEXTS.find((key) => key in body && typeof body[key] !== 'string');
  if (wrongText) throw new FaultRuleError(`${wrongText} is a string.`);
  const wrongNumber = NUMBERS.find((key) => {
    const value = body[key];
    return key in body && !(typeof value === 'number' && value >= 0);
  });
  if (wrongNumber) throw new FaultRuleError(`${wrongNumber} is a number, 0 or more.`);
  const given = Object.entries(body).filter(([key]) => key !== 'fault');
  return { ...Object.fromEntries(given), fault };
}
