import {
  type DynamicModule,
  Global,
  Module,
  type ModuleMetadata,
  type OnModuleInit,
} from '@nestjs/common';
import { APP_GUARD, DiscoveryModule, DiscoveryService, Reflector } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { AuthModuleOptions } from '@nestjs/passport';
import { AccessGuard } from './access.guard.js';
import { ApiKeyCheck } from './api-keys/api-key-check.js';
import { ApiKeyStore } from './api-keys/api-key-store.js';
import { ApiKeyStrategy } from './api-keys/api-key.strategy.js';
import { ApiKeysController } from './api-keys/api-keys.controller.js';
import { ApiKeysService } from './api-keys/api-keys.service.js';
import { AuthController } from './auth.controller.js';
import { AuthService } from './auth.service.js';
import { assertEveryHandlerDeclared, listHandlerAccess } from './handler-access.js';
import { LoginThrottle } from './login/login-throttle.js';
import { SecondFactorLogin } from './login/second-factor-login.js';
import { OwnPassword } from './passwords/own-password.js';
import { OperatorsModule } from './operators/operators.module.js';
import { PasswordHasher } from './passwords/password-hasher.js';
import { SessionCheck } from './sessions/session-check.js';
import { SessionStore } from './sessions/session-store.js';
import { SessionService } from './sessions/session.service.js';
import { SessionsController } from './sessions/sessions.controller.js';
import { SessionsService } from './sessions/sessions.service.js';
import { AccessTokenStrategy } from './tokens/access-token.strategy.js';
import { AccessTokens } from './tokens/access-tokens.js';
import { JwksController } from './tokens/jwks.controller.js';
import { SigningKeys } from './tokens/signing-keys.js';
import { LoginChallenges } from './two-factor/login-challenges.js';
import { SecondFactor } from './two-factor/second-factor.js';
import { TwoFactorStore } from './two-factor/two-factor-store.js';
import { TwoFactorController } from './two-factor/two-factor.controller.js';
import { TwoFactorService } from './two-factor/two-factor.service.js';

@Global()
@Module({ providers: [PasswordHasher], exports: [PasswordHasher] })
export class PasswordModule {}

@Module({})
export class AuthModule implements OnModuleInit {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly reflector: Reflector,
  ) {}

  /** `imports` brings the module that provides the IdentityDirectory. */
  static forRoot(options: { imports: NonNullable<ModuleMetadata['imports']> }): DynamicModule {
    return {
      module: AuthModule,
      global: true,
      imports: [
        ...options.imports,
        DiscoveryModule,
        PasswordModule,
        OperatorsModule,
        // Without a key: every token is signed with the key of the day.
        JwtModule.register({}),
      ],
      controllers: [
        AuthController,
        ApiKeysController,
        SessionsController,
        TwoFactorController,
        JwksController,
      ],
      providers: [
        AuthService,
        ApiKeyStore,
        ApiKeyCheck,
        ApiKeysService,
        ApiKeyStrategy,
        LoginThrottle,
        SecondFactorLogin,
        OwnPassword,
        TwoFactorStore,
        LoginChallenges,
        SecondFactor,
        TwoFactorService,
        SigningKeys,
        AccessTokens,
        AccessTokenStrategy,
        SessionStore,
        SessionCheck,
        SessionService,
        SessionsService,
        {
          // What the guard lets passport try, in this order.
          provide: AuthModuleOptions,
          useFactory: (...strategies: readonly { readonly name: string }[]) => ({
            defaultStrategy: strategies.map(({ name }) => name),
          }),
          inject: [AccessTokenStrategy, ApiKeyStrategy],
        },
        { provide: APP_GUARD, useClass: AccessGuard },
      ],
      exports: [
        AuthService,
        ApiKeysService,
        SessionService,
        SessionsService,
        SessionStore,
        TwoFactorService,
      ],
    };
  }

  onModuleInit(): void {
    assertEveryHandlerDeclared(listHandlerAccess(this.discovery, this.reflector));
  }
}
