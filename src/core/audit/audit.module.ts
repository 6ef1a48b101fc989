import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { AuditTrail } from './audit-trail.js';
import { AuditInterceptor } from './audit.interceptor.js';

@Module({})
export class AuditModule {
  /** `imports` brings the module that provides the AuditPolicy. */
  static forRoot(options: { imports: NonNullable<ModuleMetadata['imports']> }): DynamicModule {
    return {
      module: AuditModule,
      global: true,
      imports: options.imports,
      providers: [AuditTrail, { provide: APP_INTERCEPTOR, useClass: AuditInterceptor }],
      exports: [AuditTrail],
    };
  }
}
