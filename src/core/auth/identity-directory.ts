import type { Role, TenantContext } from '../context/index.js';

/** What a password is checked against, found before any tenant is known. */
export interface LoginIdentity {
  readonly organizationId: string;
  readonly userId: string;
  readonly username: string;
  readonly role: Role;
  readonly passwordHash: string;
  readonly mustChangePassword: boolean;
  /** Seconds; the organization's setting. */
  readonly sessionTimeout: number;
  readonly passwordVersion: number;
}

/** How a user stands right now; asked at every request, so that a removed right is gone at once. */
export interface Standing {
  readonly username: string;
  readonly role: Role;
  readonly mustChangePassword: boolean;
  /** Grows with every change of the password; tokens carry it. */
  readonly passwordVersion: number;
}

/** Where users are kept. The organizations module implements it; core only knows this. */
export abstract class IdentityDirectory {
  /** Null when there is no such active user in an active organization. */
  abstract findLogin(organization: string | null, username: string): Promise<LoginIdentity | null>;
  /** Null when the user or the organization is gone or not active. */
  abstract findStanding(organizationId: string, userId: string): Promise<Standing | null>;
  abstract noteLogin(context: TenantContext): Promise<void>;
  abstract passwordHash(context: TenantContext): Promise<string>;
  /** Also ends the obligation to change it. */
  abstract setPassword(
    context: TenantContext,
    passwordHash: string,
  ): Promise<Pick<LoginIdentity, 'passwordVersion' | 'sessionTimeout'>>;
}
