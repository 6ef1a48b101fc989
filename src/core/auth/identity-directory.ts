import type { Role, TenantContext } from '../context/index.js';

/** Somebody whose identity was proven, by whatever means: what a session is opened for. */
export interface AuthenticatedIdentity {
  readonly organizationId: string;
  readonly userId: string;
  readonly username: string;
  readonly role: Role;
  readonly mustChangePassword: boolean;
  /** Seconds without use after which a session of the organization ends. */
  readonly sessionTimeout: number;
  readonly passwordVersion: number;
}

/** What a password is checked against, found before any tenant is known. */
export interface LoginIdentity extends AuthenticatedIdentity {
  readonly passwordHash: string;
}

/** How a user stands right now; asked at every request, so that a removed right is gone at once. */
export type Standing = Pick<
  AuthenticatedIdentity,
  'username' | 'role' | 'mustChangePassword' | 'sessionTimeout' | 'passwordVersion'
> & {
  /** Whether the user has a confirmed second factor. */
  readonly hasTwoFactor: boolean;
  /** `two_factor_required` of the organization. */
  readonly twoFactorRequired: boolean;
};

/** A program of an organization, as it stands right now. It has no password, no second factor and no session. */
export interface ServiceAccountStanding {
  readonly name: string;
  readonly role: Role;
}

/** Where users and service accounts are kept. The organizations module implements it; core only knows this. */
export abstract class IdentityDirectory {
  /**
   * By username, or by the mail address when exactly one user has it. Null when there is no such active user in an
   * active organization.
   */
  abstract findLogin(organization: string | null, name: string): Promise<LoginIdentity | null>;
  /** Null when the user or the organization is gone or not active. */
  abstract findStanding(organizationId: string, userId: string): Promise<Standing | null>;
  /** Null when the service account or the organization is gone or not active. */
  abstract findServiceAccount(
    organizationId: string,
    id: string,
  ): Promise<ServiceAccountStanding | null>;
  /** Whether the organization exists and is active: what jobs ask before they work for it. */
  abstract isActive(organizationId: string): Promise<boolean>;
  /** False where the organization enforces single sign-on and this is not its break-glass administrator. */
  abstract mayUsePassword(organizationId: string, userId: string): Promise<boolean>;
  abstract noteLogin(context: TenantContext): Promise<void>;
  abstract passwordHash(context: TenantContext): Promise<string>;
  /** Names of the user and the organization a password must not contain. */
  abstract contextWords(context: TenantContext): Promise<string[]>;
  /** Also ends the obligation to change it. The version grows, so that everything based on the old one is refused. */
  abstract setPassword(context: TenantContext, passwordHash: string): Promise<void>;
  /** The same password, hashed with today's parameters; sessions go on. */
  abstract replaceHash(context: TenantContext, passwordHash: string): Promise<void>;
}
