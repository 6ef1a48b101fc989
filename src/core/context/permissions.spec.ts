import { describe, expect, it } from '@jest/globals';
import { PERMISSIONS, permissionsOf, ROLES } from './permissions.js';
import { currentTenant, enterTenant, runInScope } from './scope.js';
import { createSystemContext } from './tenant-context.js';

describe('permissions of roles', () => {
  it('grow from viewer to editor to administrator', () => {
    const [viewer, editor, admin] = ROLES.map(permissionsOf);
    expect([...(viewer ?? [])].every((one) => editor?.has(one))).toBe(true);
    expect([...(editor ?? [])].every((one) => admin?.has(one))).toBe(true);
    expect(admin?.size).toBe(Object.keys(PERMISSIONS).length);
  });

  it('let viewers look and nothing else but change their own password', () => {
    const beyond = [...permissionsOf('viewer')].filter((one) => !one.endsWith(':read'));
    expect(beyond).toEqual(['account:update']);
  });

  it('follow the table of the specification: viewers read, editors change, administrators delete', () => {
    const deleting = Object.entries(PERMISSIONS).filter(([name]) => name.endsWith(':delete'));
    expect(deleting.every(([, role]) => role === 'admin')).toBe(true);
    const changing = Object.entries(PERMISSIONS).filter(
      ([name]) => !name.endsWith(':read') && !name.startsWith('account:'),
    );
    expect(changing.filter(([, role]) => role === 'viewer')).toEqual([]);
  });

  it('leave people and settings to administrators', () => {
    for (const permission of ['user:create', 'user:update', 'settings:update'] as const) {
      expect(permissionsOf('editor').has(permission)).toBe(false);
    }
  });
});

describe('scope', () => {
  const one = createSystemContext('01980a3e-0000-7000-8000-000000000001', 'test');
  const other = createSystemContext('01980a3e-0000-7000-8000-000000000002', 'test');

  it('has no tenant until somebody is known', () => {
    expect(currentTenant()).toBeUndefined();
    runInScope({ correlationId: 'c' }, () => {
      expect(currentTenant()).toBeUndefined();
      enterTenant(one);
      expect(currentTenant()).toBe(one);
    });
    expect(currentTenant()).toBeUndefined();
  });

  it('never changes its tenant', () => {
    runInScope({ correlationId: 'c', tenant: one }, () => {
      expect(() => enterTenant(other)).toThrow('never changes its tenant');
    });
    expect(() => enterTenant(one)).toThrow('no scope');
  });
});
