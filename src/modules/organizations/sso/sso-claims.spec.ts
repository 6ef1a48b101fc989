import { describe, expect, it } from '@jest/globals';
import { profileOf, roleOf } from './sso-claims.js';

const rules = {
  issuer: 'https://login.acme.example/',
  groups_claim: 'groups',
  role_mapping: [
    { group: 'platform', role: 'admin' as const },
    { group: 'developers', role: 'editor' as const },
  ],
  default_role: null,
  second_factor_values: ['mfa', 'urn:acme:strong'],
};
const profile = (claims: object, changes: Partial<typeof rules> = {}) =>
  profileOf({ sub: '42', ...claims }, { ...rules, ...changes });

describe('the claims of a login', () => {
  it('name an address only when the provider verified it', () => {
    const email = 'Grace@Acme.example';
    expect(profile({ email, email_verified: true }).email).toBe('grace@acme.example');
    expect(profile({ email, email_verified: 'true' }).email).toBe('grace@acme.example');
    for (const email_verified of [false, 'false', 1, null, undefined, 'yes']) {
      expect(profile({ email, email_verified }).email).toBeNull();
    }
    expect(profile({ email: ['a@acme.example'], email_verified: true }).email).toBeNull();
    expect(profile({ email: 'a@b@ c', email_verified: true }).email).toBeNull();
  });

  it('verify an address by a claim of its own at Entra ID, and only there', () => {
    const claims = { email: 'grace@acme.example', xms_edov: true };
    const issuer = 'https://login.microsoftonline.com/0b1c/v2.0';
    expect(profile(claims, { issuer }).email).toBe('grace@acme.example');
    expect(profile({ ...claims, xms_edov: false }, { issuer }).email).toBeNull();
    expect(profile(claims).email).toBeNull();
  });

  it('have groups as a list, a text, deep inside, or under a name with dots', () => {
    expect(profile({ groups: ['a', 7, 'b'] }).groups).toEqual(['a', 'b']);
    expect(profile({ groups: 'a' }).groups).toEqual(['a']);
    expect(profile({}).groups).toEqual([]);
    const deep = { realm_access: { roles: ['a'] } };
    expect(profile(deep, { groups_claim: 'realm_access.roles' }).groups).toEqual(['a']);
    const dotted = { 'https://acme.example/groups': ['a'] };
    expect(profile(dotted, { groups_claim: 'https://acme.example/groups' }).groups).toEqual(['a']);
    expect(profile({}, { groups_claim: 'constructor.name' }).groups).toEqual([]);
  });

  it('prove a second factor by the listed values', () => {
    expect(profile({ amr: ['pwd', 'mfa'] }).secondFactor).toBe(true);
    expect(profile({ acr: 'urn:acme:strong' }).secondFactor).toBe(true);
    expect(profile({ amr: ['pwd'], acr: '1' }).secondFactor).toBe(false);
    expect(profile({ amr: ['mfa'] }, { second_factor_values: [] }).secondFactor).toBe(false);
    expect(profile({}, { second_factor_values: ['undefined'] }).secondFactor).toBe(false);
  });
});

describe('the role', () => {
  it('is the highest of the groups, else the default, else none', () => {
    expect(roleOf(['developers', 'platform'], rules)).toBe('admin');
    expect(roleOf(['developers'], rules)).toBe('editor');
    expect(roleOf(['Platform'], rules)).toBeNull();
    expect(roleOf([], { ...rules, default_role: 'viewer' })).toBe('viewer');
  });
});
