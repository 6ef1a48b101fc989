import type { JsonValue } from '../../../../core/providers/index.js';
import type { Comparator } from '../comparator.js';

const SIZE = /^(\d*\.?\d+)\s*(vcpu|gb)?$/i;

/** CPU units or MiB: `1 vCPU` is 1024, `2 GB` is 2048. */
function units(value: JsonValue | undefined): number | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const match = SIZE.exec(String(value).trim());
  return match ? Number(match[1]) * (match[2] === undefined ? 1 : 1024) : undefined;
}

/** Task sizes by name and by number (ECS, "Task size": `1 vCPU` and `2 GB` are stored as 1024 and 2048). */
export const taskSize: Comparator = {
  name: 'task-size',
  rule(declared, actual, field) {
    if (!/^(cpu|memory)$/i.test(field.key) || field.pair.declared.provider !== 'aws')
      return undefined;
    const left = units(declared);
    if (left === undefined || left !== units(actual)) return undefined;
    return { kind: 'same', why: 'The same size by name and by number.' };
  },
};
