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
  /** The organization requires a second factor, and none was proven: ours, or the provider's at a login by single sign-on. */
  readonly mustProveTwoFactor: boolean;
  /** The second factor was proven within the last ten minutes. */
  readonly steppedUp: boolean;
}

/** How single sign-on begins a session: with the provider's word alone, or with its word for a second factor. */
export const SSO_METHOD = 'sso';
export const SSO_METHOD_WITH_FACTOR = 'sso+second_factor';

/**
 * `method`: how the session was begun, or the one an API key was made in. `proven`: whether our second factor was proven in it since;
 * who logs in with a password and has one always did.
 */
export function mustProveTwoFactor(standing: Standing, method: string, proven: boolean): boolean {
  if (!standing.twoFactorRequired || method === SSO_METHOD_WITH_FACTOR) return false;
  return !standing.hasTwoFactor || (method === SSO_METHOD && !proven);
}
