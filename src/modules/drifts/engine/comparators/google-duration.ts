import type { Comparator } from '../comparator.js';
import { goDurationNanoseconds } from './go-duration.js';

const SECONDS = /^\d+(\.\d+)?s$/;

/** `24h0m0s`, as the provider's Go code prints it, is `86400s`, as Google's APIs spell a duration (google.protobuf.Duration). */
export const googleDuration: Comparator = {
  name: 'google-duration',
  rule(declared, actual, { pair }) {
    if (pair.actual.format !== 'gcp-cai' || typeof actual !== 'string') return undefined;
    if (!SECONDS.test(actual)) return undefined;
    const left = goDurationNanoseconds(declared);
    if (left === undefined || left !== goDurationNanoseconds(actual)) return undefined;
    return { kind: 'same', why: 'The same duration, in hours and minutes and in seconds.' };
  },
};
