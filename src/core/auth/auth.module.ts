import {
  type DynamicModule,
  Global,
  Module,
  type ModuleMetadata,
  type OnModuleInit,
} from '@nestjs/common';
import { APP_GUARD, DiscoveryModule, DiscoveryService, Reflector } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { PassportModule } from '@nestjs/passport';
import { Config } from '../config/index.js';
import { AccessGuard } from './access.guard.js';
import { AccessTokens, TOKEN_ALGORITHM, TOKEN_ISSUER } from './access-token.js';
import { AuthController } from './auth.controller.js';
import { AuthService } from './auth.service.js';
import { assertEveryHandlerDeclared, listHandlerAccess } from './handler-access.js';
import { JwtStrategy } from './jwt.strategy.js';
import { LoginThrottle } from './login-throttle.js';
import { PasswordHasher } from './password-hasher.js';

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
      imports: [
        ...options.imports,
        DiscoveryModule,
        PasswordModule,
        PassportModule,
        JwtModule.registerAsync({
          inject: [Config],
          useFactory: (config: Config) => ({
            secret: config.get('SECRET_KEY'),
            signOptions: { algorithm: TOKEN_ALGORITHM, issuer: TOKEN_ISSUER },
          }),
        }),
      ],
      controllers: [AuthController],
      providers: [
        AuthService,
        AccessTokens,
        LoginThrottle,
        JwtStrategy,
        { provide: APP_GUARD, useClass: AccessGuard },
      ],
    };
  }

  onModuleInit(): void {
    assertEveryHandlerDeclared(listHandlerAccess(this.discovery, this.reflector));
  }
}
