import { Global, Module } from '@nestjs/common';
import { Config } from '../config/index.js';
import { KEY_RING, LocalKeyRing } from './key-ring.js';
import { parseMasterKeys } from './master-keys.js';
import { SensitiveValues } from './sensitive-values.js';

@Global()
@Module({
  providers: [
    SensitiveValues,
    {
      provide: KEY_RING,
      inject: [Config],
      useFactory: (config: Config) =>
        new LocalKeyRing(parseMasterKeys(config.get('ENCRYPTION_KEYS'))),
    },
  ],
  exports: [SensitiveValues, KEY_RING],
})
export class CryptoModule {}
