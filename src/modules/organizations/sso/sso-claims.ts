import { type Role, ROLES } from '../../../core/context/index.js';
import type { Claims } from './oidc-client.js';
import type { SsoConnection } from './sso-connection.entity.js';

/** What a login by the provider says about a person, as far as it is believed. */
export interface SsoProfile {
  readonly subject: string;
  /** Lower case; null when the provider does not say that it verified it. */
  readonly email: string | null;
  readonly groups: readonly string[];
  /** Whether the provider asked for a second factor, by the values the organization listed. */
  readonly secondFactor: boolean;
}

type Rules = Pick<
  SsoConnection,
  'issuer' | 'groups_claim' | 'role_mapping' | 'default_role' | 'second_factor_values'
>;

const LONGEST_EMAIL = 254;
const EMAIL = /^[^\s@]+@[^\s@]+$/;

export function profileOf(claims: Claims, rules: Rules): SsoProfile {
  const { sub, email } = claims;
  return {
    subject: String(sub),
    email:
      typeof email === 'string' &&
      email.length <= LONGEST_EMAIL &&
      EMAIL.test(email) &&
      isVerified(claims, rules.issuer)
        ? email.toLowerCase()
        : null,
    groups: groupsOf(claims, rules.groups_claim),
    secondFactor: factorsOf(claims).some((one) => rules.second_factor_values.includes(one)),
  };
}

/** The highest role of the groups, or the default; null turns the person away. */
export function roleOf(groups: readonly string[], rules: Rules): Role | null {
  const roles = rules.role_mapping
    .filter(({ group }) => groups.includes(group))
    .map(({ role }) => ROLES.indexOf(role));
  return roles.length === 0 ? rules.default_role : (ROLES[Math.max(...roles)] ?? null);
}

export function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1);
}

/** Some providers send the text `true`. Entra ID has a claim of its own: whether the owner of the domain vouches for the address. */
function isVerified(claims: Claims, issuer: string): boolean {
  const isEntra = issuer.startsWith('https://login.microsoftonline.com/');
  const said = claims.email_verified ?? (isEntra ? claims.xms_edov : undefined);
  return said === true || said === 'true' || (isEntra && (said === 1 || said === '1'));
}

function groupsOf(claims: Claims, path: string): string[] {
  const found = claimAt(claims, path);
  if (typeof found === 'string') return [found];
  return Array.isArray(found) ? found.filter((one): one is string => typeof one === 'string') : [];
}

/** A claim may have dots in its own name: `https://acme.example/groups`. */
function claimAt(claims: Claims, path: string): unknown {
  if (Object.hasOwn(claims, path)) return claims[path];
  let value: unknown = claims;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) {
      return undefined;
    }
    value = (value as Claims)[name];
  }
  return value;
}

/** RFC 8176 `amr` and the `acr` of OpenID Connect. */
function factorsOf({ amr, acr }: Claims): string[] {
  const said: unknown[] = [...(Array.isArray(amr) ? (amr as unknown[]) : []), acr];
  return said.filter((one) => typeof one === 'string');
}
