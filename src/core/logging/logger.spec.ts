import { describe, expect, it } from '@jest/globals';
import { createSystemContext, runInScope } from '../context/index.js';
import { Logger } from './logger.js';

function recorded(work: (logger: Logger) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  work(new Logger({ level: 'info', destination: { write: (line) => void lines.push(line) } }));
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('logger', () => {
  it('says for whom and why, from the scope', () => {
    const tenant = createSystemContext('01980a3e-0000-7000-8000-000000000000', 'scheduler', 'c-1');
    const [line] = recorded((logger) =>
      runInScope({ correlationId: 'c-1', tenant }, () => logger.write('info', 'scanned', { n: 1 })),
    );
    expect(line).toMatchObject({
      level: 'info',
      msg: 'scanned',
      n: 1,
      correlation_id: 'c-1',
      organization_id: tenant.organizationId,
      actor: 'scheduler',
    });
  });

  it('masks fields under secret names', () => {
    const [line] = recorded((logger) => logger.write('warn', 'x', { token: 'abc' }));
    expect(line?.token).toBe('[redacted]');
  });

  it('writes the stack and the cause of an error', () => {
    const error = new Error('outer', { cause: new Error('inner') });
    const [line] = recorded((logger) => logger.write('error', 'failed', { error }));
    expect(JSON.stringify(line?.err)).toMatch(/outer.*inner/);
  });

  it('is quiet about the start-up of the framework and nothing else', () => {
    const lines = recorded((logger) => {
      logger.log('Mapped {/x, GET} route', 'RouterExplorer');
      logger.log('something of ours', 'ScanService');
      logger.error(new Error('broken'), 'ScanService');
    });
    expect(lines.map((line) => [line.level, line.msg])).toEqual([
      ['info', 'something of ours'],
      ['error', 'broken'],
    ]);
  });
});
