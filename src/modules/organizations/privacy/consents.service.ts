import { EntityManager } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import type { TenantContext } from '../../../core/context/index.js';
import { Consent } from './consent.entity.js';
import { ProcessingRecord } from './processing-record.entity.js';

const MOST = 1000;

export type NewConsent = Pick<Consent, 'purpose' | 'version' | 'is_given'>;
export type NewProcessingRecord = Pick<
  ProcessingRecord,
  'name' | 'purpose' | 'legal_basis' | 'data_categories' | 'recipients' | 'retention'
>;

/** Consents of people, and the organization's register of processing activities. Both are only ever added to. */
@Injectable()
export class ConsentsService {
  constructor(private readonly em: EntityManager) {}

  /** Of the caller, the newest first. */
  list(context: TenantContext): Promise<Consent[]> {
    const where = { organization_id: context.organizationId, user_id: context.actor.id ?? '' };
    return this.em.find(Consent, where, { orderBy: { id: 'desc' }, limit: MOST });
  }

  async record(context: TenantContext, consent: NewConsent): Promise<Consent> {
    if (context.actor.id === null) throw new Error('the system agrees to nothing');
    const row = this.em.create(Consent, {
      ...consent,
      organization_id: context.organizationId,
      user_id: context.actor.id,
    });
    await this.em.flush();
    return row;
  }

  /** The newest first. */
  listProcessing(context: TenantContext): Promise<ProcessingRecord[]> {
    const where = { organization_id: context.organizationId };
    return this.em.find(ProcessingRecord, where, { orderBy: { id: 'desc' }, limit: MOST });
  }

  async recordProcessing(
    context: TenantContext,
    record: NewProcessingRecord,
  ): Promise<ProcessingRecord> {
    const row = this.em.create(ProcessingRecord, {
      ...record,
      organization_id: context.organizationId,
      created_by: context.actor.id,
    });
    await this.em.flush();
    return row;
  }
}
