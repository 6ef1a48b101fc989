import type { Permission, Role } from '../context/index.js';
import type { Standing } from './identity-directory.js';

/** Who a request comes from, as they stand now. */
export interface Principal {
  readonly organizationId: string;
  readonly actor: {
    readonly kind: 'user' | 'service_account';
    readonly id: string;
    readonly name: string;
  };
  readonly role: Role;
  readonly mustChangePassword: boolean;
  /** Null for who comes with an API key. */
  readonly sessionId: string | null;
  /** Null for who logged in. */
  readonly apiKey: {
    readonly id: string;
    readonly scopes: readonly Permission[];
    /** The one source whose calls it is good for. */
    readonly sourceId: string | null;
  } | null;
  readonly hasTwoFactor: boolean;
  /** The organization requires a second factor, and there is none. Single sign-on is its provider's matter. */
  readonly mustSetUpTwoFactor: boolean;
  /** The second factor was proven within the last ten minutes. */
  readonly steppedUp: boolean;
}

/** `method`: how the session was begun, or the one an API key was made in. */
export function mustSetUpTwoFactor(standing: Standing, method: string): boolean {
  return standing.twoFactorRequired && !standing.hasTwoFactor && method.startsWith('password');
}
