import { Global, Module } from '@nestjs/common';
import { Config } from '../config/index.js';
import { Logger } from './logger.js';

@Global()
@Module({
  providers: [
    {
      provide: Logger,
      useFactory: (config: Config) => Logger.fromConfig(config),
      inject: [Config],
    },
  ],
  exports: [Logger],
})
export class LoggingModule {}
