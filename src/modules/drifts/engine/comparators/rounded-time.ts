import type { JsonValue } from '../../../../core/providers/index.js';
import type { Comparator, Ruling } from '../comparator.js';

const NAMES_TIME = /(expires?|expir|time|date|until|timestamp|at|start|end)$/i;
/** 2001 to 2100, in seconds and in milliseconds. */
const inSeconds = (value: number): boolean => value > 1e9 && value < 4.1e9;
const inMilliseconds = (value: number): boolean => value > 1e12 && value < 4.1e12;

/** `2017-07-01_00:00`, as hashicorp/aws writes budget periods: a date and time of day without a zone. */
const ZONELESS = /^(\d{4}-\d{2}-\d{2})_(\d{2}:\d{2})$/;
/** The farthest two clocks on Earth stand apart from UTC. */
const FARTHEST = 14 * 3600;

function seconds(value: JsonValue | undefined): number | undefined {
  if (typeof value === 'number' || (typeof value === 'string' && /^\d{10,13}$/.test(value))) {
    const number = Number(value);
    if (inSeconds(number)) return number;
    return inMilliseconds(number) ? number / 1000 : undefined;
  }
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}T/.test(value)) return undefined;
  const parsed = Date.parse(value);
  return Number.isNaN(parsed) ? undefined : parsed / 1000;
}

/**
 * One moment: epoch seconds, milliseconds or ISO 8601, or rounded down to the hour by the service (F28; AppSync ApiKey
 * "Expires … is rounded down to the nearest hour").
 */
export const roundedTime: Comparator = {
  name: 'rounded-time',
  rule(declared, actual, field) {
    if (!NAMES_TIME.test(field.key) && field.facts.kind !== 'timestamp') return undefined;
    const left = seconds(declared);
    const right = seconds(actual);
    const zoneless = typeof declared === 'string' ? ZONELESS.exec(declared) : null;
    if (zoneless && right !== undefined) return withoutZone(zoneless, right);
    if (left === undefined || right === undefined) return undefined;
    if (left === right) return { kind: 'same', why: 'The same moment in another notation.' };
    const epochs = typeof declared !== 'string' || !declared.includes('T');
    if (!epochs || Math.floor(left / 3600) * 3600 !== right) return undefined;
    return { kind: 'same', why: 'The service rounds this moment down to the full hour.' };
  },
};

function withoutZone([, day = '', time = '']: RegExpExecArray, right: number): Ruling | undefined {
  const left = Date.parse(`${day}T${time}:00Z`) / 1000;
  if (left === right) return { kind: 'same', why: 'The same moment in another notation.' };
  if (Number.isNaN(left) || Math.abs(left - right) > FARTHEST) return undefined;
  return {
    kind: 'unverifiable',
    why: 'The declared time names no time zone; in one of them it is this moment.',
  };
}
