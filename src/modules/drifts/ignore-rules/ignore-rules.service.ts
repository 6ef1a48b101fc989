import { EntityManager, ref } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { noteValuesBefore, type TenantContext } from '../../../core/context/index.js';
import type { Provider } from '../../../core/providers/index.js';
import { EnvironmentRepository } from '../../environments/index.js';
import type { Ignorable } from '../engine/index.js';
import type { StoredIgnoreRule } from './ignore-rule.entity.js';
import {
  type IgnoreRuleFilter,
  IgnoreRuleRepository,
  type IgnoreRuleRow,
} from './ignore-rule.repository.js';
import { ignoreRuleErrors } from './ignore-rules.errors.js';

export interface IgnoreRuleFields {
  readonly name: string;
  readonly providers: Provider[];
  readonly types: string[];
  readonly addresses: string[];
  readonly ids: string[];
  readonly tags: Record<string, string>;
  readonly actors: string[];
  readonly paths: string[];
  readonly silences: Ignorable[];
  readonly negated: boolean;
  readonly reason: string;
  readonly expires_at: Date | null;
}

export interface NewIgnoreRule extends IgnoreRuleFields {
  /** Null: every environment. */
  readonly environmentId: string | null;
}

/** What is undefined stays as it is. */
export type IgnoreRuleChange = {
  readonly [Key in keyof IgnoreRuleFields]: IgnoreRuleFields[Key] | undefined;
};

@Injectable()
export class IgnoreRulesService {
  constructor(
    private readonly em: EntityManager,
    private readonly rules: IgnoreRuleRepository,
    private readonly environments: EnvironmentRepository,
  ) {}

  async list(context: TenantContext, filter: IgnoreRuleFilter): Promise<IgnoreRuleRow[]> {
    if (filter.environmentId !== null)
      await this.environments.getById(context, filter.environmentId);
    return this.rules.list(context, filter);
  }

  get(context: TenantContext, id: string): Promise<IgnoreRuleRow> {
    return this.rules.getRow(context, id);
  }

  async create(context: TenantContext, request: NewIgnoreRule): Promise<IgnoreRuleRow> {
    const { environmentId, ...fields } = request;
    const environment =
      environmentId === null ? null : await this.environments.getById(context, environmentId);
    assertNarrow(fields);
    assertFuture(fields.expires_at);
    const rule = this.rules.create(context, {
      ...fields,
      environment: environment && ref(environment),
      position: await this.rules.nextPosition(context),
      created_by: context.actor.id,
    });
    await this.em.flush();
    return this.rules.getRow(context, rule.id);
  }

  async change(
    context: TenantContext,
    id: string,
    change: IgnoreRuleChange,
  ): Promise<IgnoreRuleRow> {
    const rule = await this.rules.getById(context, id);
    noteValuesBefore(auditedValues(rule));
    if (change.expires_at !== undefined) assertFuture(change.expires_at);
    const given = Object.entries(change).filter(([, value]) => value !== undefined);
    Object.assign(rule, Object.fromEntries(given));
    assertNarrow(rule);
    await this.em.flush();
    return this.rules.getRow(context, id);
  }

  async delete(context: TenantContext, id: string): Promise<void> {
    const rule = await this.rules.getById(context, id);
    noteValuesBefore(auditedValues(rule));
    this.rules.remove(context, rule);
    await this.em.flush();
  }
}

type Narrowing = Pick<
  IgnoreRuleFields,
  'providers' | 'types' | 'addresses' | 'ids' | 'tags' | 'actors' | 'paths' | 'negated'
>;

/** A rule that names nothing would hide every drift there is. */
function assertNarrow(rule: Narrowing): void {
  const { providers, types, addresses, ids, tags, actors, paths, negated } = rule;
  const lists = [providers, types, addresses, ids, actors, paths, Object.keys(tags)];
  if (!negated && lists.every((list) => list.length === 0))
    throw ignoreRuleErrors.silencesEverything();
}

export function assertFuture(expiresAt: Date | null): void {
  if (expiresAt !== null && expiresAt.getTime() <= Date.now())
    throw ignoreRuleErrors.alreadyExpired(expiresAt);
}

function auditedValues(rule: StoredIgnoreRule) {
  const { name, providers, types, addresses, ids, tags, actors, paths, silences, negated } = rule;
  const { reason, expires_at } = rule;
  return {
    ...{ name, providers, types, addresses, ids, tags, actors, paths, silences, negated, reason },
    expires_at: expires_at?.toISOString() ?? null,
  };
}
