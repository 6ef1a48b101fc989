import { describe, expect, it } from '@jest/globals';
import { type Operation, operations } from './openapi.js';

const all = operations();
const nameOf = (operation: Operation) => `${operation.method} ${operation.path}`;

describe('every operation of the API', () => {
  it('has a summary and a name of its own', () => {
    expect(all.filter((one) => !one.summary || !one.operationId).map(nameOf)).toEqual([]);
    const ids = all.map((one) => one.operationId);
    expect(ids).toEqual([...new Set(ids)]);
  });

  it('says what it answers, with an example', () => {
    const silent = all.filter((operation) => {
      const success = Object.entries(operation.responses).find(([status]) => /^[23]/.test(status));
      if (success === undefined) return true;
      const [status, { content }] = success;
      const contents = Object.values(content ?? {});
      return (
        !['204', '302'].includes(status) &&
        !contents.every((one) => one.example !== undefined && one.schema)
      );
    });
    expect(silent.map(nameOf)).toEqual([]);
  });

  it('says which errors it has, as problem details', () => {
    const silent = all.filter((operation) => {
      const errors = Object.entries(operation.responses).filter(([status]) => status >= '400');
      const asProblems = errors.every(([, { content }]) => content?.['application/problem+json']);
      const guarded =
        operation.security === undefined ||
        ['401', '403'].every((status) => status in operation.responses);
      const missing = operation.path.includes('{') && !('404' in operation.responses);
      return errors.length === 0 || !asProblems || !guarded || missing;
    });
    expect(silent.map(nameOf)).toEqual([]);
  });
});
