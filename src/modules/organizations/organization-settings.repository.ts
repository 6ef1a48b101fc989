import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import type { TenantContext } from '../../core/context/index.js';
import { TenantRepository } from '../../core/database/index.js';
import { OrganizationSettings } from './organization-settings.entity.js';

@Injectable()
export class OrganizationSettingsRepository extends TenantRepository<OrganizationSettings> {
  constructor(em: EntityManager) {
    super(em, OrganizationSettings, 'SETTINGS');
  }

  /** The settings, with every default where the organization has none yet; written at the next flush. */
  async getOrCreate(context: TenantContext): Promise<OrganizationSettings> {
    return (await this.findOne(context, {})) ?? this.create(context, {});
  }
}
