import { Global, Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { Config } from '../config/index.js';
import { CursorCodec } from './cursor.js';
import { IdempotencyInterceptor, IdempotencyKeys } from './idempotency/index.js';
import { OrganizationLimitInterceptor, RateLimits, RequestLimiter } from './limits/index.js';
import { OutboundGuard } from './outbound/index.js';
import { PageAssetsController } from './pages/page-assets.controller.js';

@Global()
@Module({
  controllers: [PageAssetsController],
  providers: [
    CursorCodec,
    RequestLimiter,
    RateLimits,
    IdempotencyKeys,
    // In this order: what is over its limit is not remembered.
    { provide: APP_INTERCEPTOR, useClass: OrganizationLimitInterceptor },
    { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
    {
      provide: OutboundGuard,
      inject: [Config],
      useFactory: (config: Config) => new OutboundGuard(config.get('OUTBOUND_ALLOW')),
    },
  ],
  exports: [CursorCodec, OutboundGuard],
})
export class HttpModule {}
