import { randomUUIDv7 } from 'node:crypto';
import type { HandlerAccess } from '../../src/core/auth/index.js';
import type { Answer, TestContext } from '../support/test-context.js';
import { bodyFor, type Operation, operations } from './openapi.js';

/** Every operation that wants to know who asks, but for those of operators, who are nobody's users. */
export const GUARDED = operations().filter(
  ({ path, security }) => security !== undefined && !path.startsWith('/api/v1/platform/'),
);

/** With ids that nobody has. */
export function callAnywhere(
  test: TestContext,
  token: string | null,
  operation: Operation,
): Promise<Answer> {
  const url = operation.path.replaceAll(/\{\w+\}/g, () => randomUUIDv7());
  return test.request(token, operation.method, url, bodyFor(operation));
}

export function handlerOf(
  handlers: readonly HandlerAccess[],
  { method, path }: Operation,
): HandlerAccess {
  const route = path.replace('/api/v1', '').replaceAll(/\{(\w+)\}/g, ':$1');
  const found = handlers.find((one) => one.method === method && one.path === route);
  if (found === undefined) throw new Error(`no handler answers ${method} ${path}`);
  return found;
}

/** The answer without what differs between any two answers. */
export function told(answer: Answer): Record<string, unknown> {
  const { error_id: _errorId, correlation_id: _correlationId, ...rest } = answer.body;
  return { status: answer.status, ...rest };
}
