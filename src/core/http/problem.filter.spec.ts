import type { ArgumentsHost } from '@nestjs/common';
import { NotFoundException, PayloadTooLargeException } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { DomainError, ERROR_KINDS, statusOf } from '../errors/index.js';
import { Logger } from '../logging/index.js';
import { ProblemFilter } from './problem.filter.js';

interface Outcome {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly line: Record<string, unknown>;
}

function answerTo(error: unknown): Outcome {
  const lines: string[] = [];
  const logger = new Logger({
    level: 'info',
    destination: { write: (one) => void lines.push(one) },
  });
  let status = 0;
  let body = '';
  const reply = {
    sent: false,
    status: (value: number) => ((status = value), reply),
    header: () => reply,
    send: (value: string) => ((body = value), reply),
  };
  const request = { id: 'cause-1', method: 'GET', url: '/api/v1/drifts?token=abc' };
  const host = {
    switchToHttp: () => ({ getRequest: () => request, getResponse: () => reply }),
  } as unknown as ArgumentsHost;
  new ProblemFilter(logger).catch(error, host);
  return {
    status,
    body: JSON.parse(body) as Outcome['body'],
    line: JSON.parse(lines[0] ?? '{}') as Outcome['line'],
  };
}

describe('problem details', () => {
  it('carry code, words and an id that is also in the log', () => {
    const { status, body, line } = answerTo(
      new DomainError({
        code: 'DRIFT.NOT_FOUND',
        kind: 'notFound',
        message: 'There is no such drift.',
        details: { hint: 'x', api_key: 'abc' },
      }),
    );
    expect(status).toBe(404);
    expect(body).toMatchObject({
      type: 'urn:driftguard:error:drift.not_found',
      title: 'Not Found',
      status: 404,
      detail: 'There is no such drift.',
      code: 'DRIFT.NOT_FOUND',
      correlation_id: 'cause-1',
      details: { hint: 'x', api_key: '[redacted]' },
    });
    expect(line).toMatchObject({ error_id: body.error_id, code: 'DRIFT.NOT_FOUND', level: 'info' });
  });

  it('have a status for every kind', () => {
    expect(ERROR_KINDS.map(statusOf)).toEqual([404, 409, 400, 401, 403, 429, 503]);
  });

  it('say nothing about an unknown failure, and the log everything', () => {
    const { status, body, line } = answerTo(new Error('password=hunter2 at 10.0.0.1'));
    expect([status, body.code]).toEqual([500, 'INTERNAL']);
    expect(JSON.stringify(body)).not.toMatch(/hunter2|10\.0\.0\.1/);
    expect(JSON.stringify(line.err)).toContain('10.0.0.1');
    expect(line.level).toBe('error');
  });

  it('use our own words for what the framework refuses', () => {
    const missing = answerTo(new NotFoundException('Cannot GET /etc/passwd'));
    expect([missing.status, missing.body.code]).toEqual([404, 'REQUEST.NO_SUCH_PATH']);
    expect(missing.body.detail).not.toContain('passwd');
    const large = answerTo(new PayloadTooLargeException());
    expect([large.status, large.body.code]).toEqual([413, 'REQUEST.TOO_LARGE']);
  });

  it('never log the query of a request', () => {
    expect(answerTo(new Error('x')).line.path).toBe('/api/v1/drifts');
  });
});
