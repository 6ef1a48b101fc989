import { Global, Module } from '@nestjs/common';
import { Config } from '../config/index.js';
import { CursorCodec } from './cursor.js';
import { OutboundGuard } from './outbound/index.js';

@Global()
@Module({
  providers: [
    CursorCodec,
    {
      provide: OutboundGuard,
      inject: [Config],
      useFactory: (config: Config) => new OutboundGuard(config.get('OUTBOUND_ALLOW')),
    },
  ],
  exports: [CursorCodec, OutboundGuard],
})
export class HttpModule {}
