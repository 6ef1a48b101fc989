import { Controller, Get, Module, Post } from '@nestjs/common';
import { DiscoveryModule, DiscoveryService, Reflector } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  AuthModule,
  type HandlerAccess,
  listHandlerAccess,
  Public,
  RequirePermission,
} from '../../src/core/auth/index.js';
import { PERMISSIONS, type Role, ROLES } from '../../src/core/context/index.js';
import { TestContext } from '../support/test-context.js';

/** The specification's table: the least role that may use a method. */
const LEAST_ROLE: Readonly<Record<string, Role>> = {
  GET: 'viewer',
  POST: 'editor',
  PUT: 'editor',
  PATCH: 'editor',
  DELETE: 'admin',
};
/** Everybody minds their own account. */
const OWN_ACCOUNT = new Set([
  'AuthController.changePassword',
  'AuthController.logout',
  'ApiKeysController.create',
  'ApiKeysController.revoke',
  'SessionsController.end',
  'SessionsController.endAll',
  'AccountController.requestEmail',
  'OwnPrivacyController.requestDeletion',
  'OwnPrivacyController.cancelDeletion',
  'OwnPrivacyController.recordConsent',
  'TwoFactorController.enrol',
  'TwoFactorController.confirm',
  'TwoFactorController.disable',
  'TwoFactorController.regenerate',
  'TwoFactorController.stepUp',
]);

/** What takes something away for good, gives somebody rights, or weakens what guards the rest. */
const DANGEROUS = [
  'AccountController.requestEmail',
  'ApiKeysController.create',
  'EnvironmentsController.replaceCredentials',
  'InvitationsController.invite',
  'OrganizationPrivacyController.requestDeletion',
  'OrganizationPrivacyController.updateRetention',
  'OrganizationsController.updateSettings',
  'OwnPrivacyController.requestDeletion',
  'ServiceAccountKeysController.create',
  'ServiceAccountsController.create',
  'ServiceAccountsController.update',
  'SourceCredentialsController.replace',
  'SsoConnectionsController.delete',
  'SsoConnectionsController.replace',
  'TwoFactorController.regenerate',
  'UserPrivacyController.anonymise',
  'UserTwoFactorController.reset',
  'UsersController.create',
  'UsersController.resetPassword',
  'UsersController.update',
];

describe('permissions of endpoints', () => {
  let test: TestContext;
  let handlers: HandlerAccess[];

  beforeAll(async () => {
    test = await TestContext.open();
    handlers = listHandlerAccess(test.get(DiscoveryService), test.get(Reflector));
  });

  afterAll(() => test.close());

  it('are these; a difference here is a change of who may do what', () => {
    const lines = handlers.map((one) =>
      [one.method, one.path, one.access, one.audited ?? '-'].join('  '),
    );
    expect(lines).toMatchSnapshot();
  });

  it('never ask for less than the method does', () => {
    const tooLow = handlers.filter(({ handler, method, access }) => {
      if (
        access === null ||
        access === 'public' ||
        access === 'operator' ||
        OWN_ACCOUNT.has(handler)
      )
        return false;
      const least = LEAST_ROLE[method];
      return least === undefined || ROLES.indexOf(PERMISSIONS[access]) < ROLES.indexOf(least);
    });
    expect(tooLow).toEqual([]);
  });

  it('ask for the second factor again where something is dangerous', () => {
    const dangerous = handlers.filter((one) => one.stepUp).map((one) => one.handler);
    expect(dangerous.toSorted()).toEqual(DANGEROUS.toSorted());
  });

  it('are all used, so the catalogue promises nothing', () => {
    const used = new Set(handlers.map((one) => one.access));
    const unused = Object.keys(PERMISSIONS).filter(
      (one) => !used.has(one as HandlerAccess['access']),
    );
    expect(unused).toEqual([]);
  });
});

describe('an application with a handler that does not say who may call it', () => {
  @Controller('forgotten')
  class ForgottenController {
    @Get()
    read(): string {
      return 'everything';
    }
  }

  @Controller('unaudited')
  class UnauditedController {
    @Get()
    @Public()
    read(): string {
      return '';
    }

    @Post()
    @RequirePermission('drift:resolve')
    change(): string {
      return '';
    }
  }

  const boot = async (controller: typeof ForgottenController | typeof UnauditedController) => {
    @Module({ imports: [DiscoveryModule], controllers: [controller] })
    class Application extends AuthModule {}
    const app = await Test.createTestingModule({ imports: [Application] }).compile();
    await app.init();
  };

  it('does not start', async () => {
    await expect(boot(ForgottenController)).rejects.toThrow(
      "neither @RequirePermission('…') nor @Public(): ForgottenController.read",
    );
  });

  it('does not start either when a change would not be audited', async () => {
    await expect(boot(UnauditedController)).rejects.toThrow(
      'change something without @Audited(…): UnauditedController.change',
    );
  });
});
