import { Injectable } from '@nestjs/common';
import type { TenantContext } from '../../../core/context/index.js';
import { SensitiveValues } from '../../../core/crypto/index.js';
import { TenantSql } from '../../../core/database/index.js';
import { contentHasher } from '../../../core/providers/content-hash.js';
import { engineVersion } from './engine-version.js';
import { readDifferences, readRecollections } from './recollections.js';
import { ScanMemory } from './scan-memory.js';

/** Opens what a scan of an environment knows from earlier ones. */
@Injectable()
export class ScanMemories {
  constructor(
    private readonly sql: TenantSql,
    private readonly sensitive: SensitiveValues,
  ) {}

  /** To be closed when the scan is over, whatever became of it. */
  async open(context: TenantContext, environmentId: string): Promise<ScanMemory> {
    const hash = await contentHasher();
    const masker = this.sensitive.maskerFor(context);
    // With another key a stored drift would have to be masked anew.
    const sealed = masker.maskValue('probe', { key: '', sensitive: true });
    const memory = new ScanMemory({
      version: JSON.stringify([await engineVersion(), sealed]),
      hash,
      isSecret: (facts) =>
        JSON.stringify(masker.maskObject(facts, NO_PATHS)) !== JSON.stringify(facts),
    });
    const place = { organizationId: context.organizationId, environmentId };
    try {
      await this.sql.transaction(context, async (client) =>
        memory.load(readRecollections(client, place), await readDifferences(client, place)),
      );
    } catch (error) {
      memory.close();
      throw error;
    }
    return memory;
  }
}

const NO_PATHS = { paths: [], type: '' };
