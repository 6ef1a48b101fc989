import type {
  EntityClass,
  EntityData,
  EntityManager,
  FilterQuery,
  FindOptions,
  RequiredEntityData,
} from '@mikro-orm/core';
import { currentTenant, type TenantContext } from '../context/index.js';
import { DomainError } from '../errors/index.js';
import type { TenantRow } from './tenant-entity.js';

/**
 * Access to a tenant's rows. There is no method without a tenant; the condition is written into every query, and the
 * `tenant` filter and row-level security hold even if it were not.
 */
export abstract class TenantRepository<T extends TenantRow> {
  protected constructor(
    protected readonly em: EntityManager,
    protected readonly entity: EntityClass<T>,
    /** What a missing one is called in errors: `ENVIRONMENT` gives `ENVIRONMENT.NOT_FOUND`. */
    private readonly noun: string,
  ) {}

  findById(context: TenantContext, id: string): Promise<T | null> {
    return this.em.findOne(this.entity, this.scoped(context, { id } as FilterQuery<T>));
  }

  /** @throws DomainError notFound, also for another tenant's row and for a malformed id. */
  async getById(context: TenantContext, id: string): Promise<T> {
    const found = UUID.test(id) ? await this.findById(context, id) : null;
    if (found === null) throw this.notFound();
    return found;
  }

  findOne(context: TenantContext, where: FilterQuery<T>): Promise<T | null> {
    return this.em.findOne(this.entity, this.scoped(context, where));
  }

  find(context: TenantContext, where: FilterQuery<T>, options?: FindOptions<T>): Promise<T[]> {
    // The parameter's type depends on the entity's named indexes, which are not known for a T.
    return this.em.find(this.entity, this.scoped(context, where) as never, options);
  }

  count(context: TenantContext, where: FilterQuery<T>): Promise<number> {
    return this.em.count(this.entity, this.scoped(context, where));
  }

  /** A new row of this tenant; written at the next `flush()`. */
  create(context: TenantContext, data: Omit<EntityData<T>, 'organization_id' | 'id'>): T {
    this.assertInScope(context);
    return this.em.create(this.entity, {
      ...data,
      organization_id: context.organizationId,
    } as unknown as RequiredEntityData<T>);
  }

  /** Marks a row for deletion at the next `flush()`. */
  remove(context: TenantContext, row: T): void {
    this.assertInScope(context);
    this.em.remove(row);
  }

  async flush(): Promise<void> {
    await this.em.flush();
  }

  protected scoped(context: TenantContext, where: FilterQuery<T>): FilterQuery<T> {
    this.assertInScope(context);
    return { $and: [{ organization_id: context.organizationId }, where] } as FilterQuery<T>;
  }

  protected notFound(): DomainError {
    return new DomainError({
      code: `${this.noun}.NOT_FOUND`,
      kind: 'notFound',
      message: `There is no such ${this.noun.toLowerCase().replaceAll('_', ' ')}.`,
    });
  }

  private assertInScope(context: TenantContext): void {
    if (currentTenant()?.organizationId !== context.organizationId) {
      throw new Error('the tenant context of the call is not the tenant in scope');
    }
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
