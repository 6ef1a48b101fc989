import { DomainError } from '../../errors/index.js';

export const outboundErrors = {
  /** `what` names the kind of address; the address itself is not repeated when it came from a name server. */
  hostForbidden: (host: string, what: string) =>
    new DomainError({
      code: 'OUTBOUND.HOST_FORBIDDEN',
      kind: 'invalid',
      message: `${JSON.stringify(host)} is ${what}, and this installation calls none. Use a public address, or ask the operator to allow it in OUTBOUND_ALLOW.`,
      details: { host },
      logLevel: 'warn',
    }),
  hostUnknown: (host: string) =>
    new DomainError({
      code: 'OUTBOUND.HOST_UNKNOWN',
      kind: 'invalid',
      message: `${JSON.stringify(host)} cannot be resolved: no name server knows it. Check the spelling.`,
      details: { host },
    }),
  redirectForbidden: (host: string, why: string) =>
    new DomainError({
      code: 'OUTBOUND.REDIRECT_FORBIDDEN',
      kind: 'invalid',
      message: `${JSON.stringify(host)} answers with a redirect that is not followed: ${why}. Give the final address.`,
      details: { host },
    }),
};

/** The refusal inside whatever a client library made of it; undefined when it failed for another reason. */
export function outboundRefusal(error: unknown, depth = 0): DomainError | undefined {
  if (typeof error !== 'object' || error === null || depth > 5) return undefined;
  if (error instanceof DomainError) return error.code.startsWith('OUTBOUND.') ? error : undefined;
  const inner: unknown[] = [];
  if ('cause' in error) inner.push(error.cause);
  if ('errors' in error && Array.isArray(error.errors)) inner.push(...(error.errors as unknown[]));
  if ('innerError' in error) inner.push(error.innerError);
  for (const one of inner) {
    const found = outboundRefusal(one, depth + 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
