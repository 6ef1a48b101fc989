import type { Pair } from '../../field.js';
import type { SecuritySense } from '../../findings.js';
import type { Turn } from '../turn.js';

/** Judges one setting by what it means; undefined when it has nothing to say. Rules know no resource type. */
export type SecurityRule = (turn: Turn, pair: Pair) => SecuritySense | undefined;
