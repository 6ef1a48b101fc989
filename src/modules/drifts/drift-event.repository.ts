import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { TenantRepository } from '../../core/database/index.js';
import { DriftEvent } from './drift-event.entity.js';

/** For use cases that change drifts; lists read past the object mapper. */
@Injectable()
export class DriftEventRepository extends TenantRepository<DriftEvent> {
  constructor(em: EntityManager) {
    super(em, DriftEvent, 'DRIFT');
  }
}
