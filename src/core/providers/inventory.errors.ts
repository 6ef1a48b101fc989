import { DomainError } from '../errors/index.js';
import type { Provider } from './provider.js';

/**
 * Why nothing at all could be read. `cancelled` is the caller's own abort; `connection-invalid` means the settings can never work
 * as they are.
 */
export const INVENTORY_FAILURES = {
  cancelled: { code: 'INVENTORY.CANCELLED', kind: 'unavailable' },
  unreachable: { code: 'INVENTORY.UNREACHABLE', kind: 'unavailable' },
  throttled: { code: 'INVENTORY.THROTTLED', kind: 'tooMany' },
  unauthenticated: { code: 'INVENTORY.UNAUTHENTICATED', kind: 'unauthenticated' },
  denied: { code: 'INVENTORY.DENIED', kind: 'forbidden' },
  'connection-invalid': { code: 'INVENTORY.CONNECTION_INVALID', kind: 'invalid' },
} as const;
export type InventoryFailure = keyof typeof INVENTORY_FAILURES;

/**
 * The live side could not be read at all. It has no `cause`: what an SDK throws may carry request headers or a signature,
 * so everything worth knowing is in the message and in `details`.
 */
export class InventoryError extends DomainError {
  constructor(
    readonly failure: InventoryFailure,
    readonly provider: Provider,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
  ) {
    super({ ...INVENTORY_FAILURES[failure], message, details: { provider, ...details } });
    this.name = 'InventoryError';
  }
}
