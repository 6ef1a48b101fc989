import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { AuditReader } from './audit-reader.js';
import { AuditRedaction } from './audit-redaction.js';
import { AuditRetention } from './audit-retention.js';
import { AuditTrail } from './audit-trail.js';
import { AuditVerification } from './audit-verification.js';
import { AuditInterceptor } from './audit.interceptor.js';
import { LostCalls } from './lost-calls.js';

const SERVICES = [
  AuditTrail,
  AuditReader,
  AuditVerification,
  AuditRetention,
  AuditRedaction,
  LostCalls,
];

@Module({})
export class AuditModule {
  /** `imports` brings the module that provides the AuditPolicy. */
  static forRoot(options: { imports: NonNullable<ModuleMetadata['imports']> }): DynamicModule {
    return {
      module: AuditModule,
      global: true,
      imports: options.imports,
      providers: [...SERVICES, { provide: APP_INTERCEPTOR, useClass: AuditInterceptor }],
      exports: SERVICES,
    };
  }
}
