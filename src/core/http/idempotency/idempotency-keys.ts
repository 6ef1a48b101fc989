import { createHmac, randomUUIDv7 } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../../config/index.js';
import type { TenantContext } from '../../context/index.js';
import { open, seal } from '../../crypto/key-ring.js';
import { TenantSql } from '../../database/index.js';

/** A client that comes back later than this makes its request anew. */
const REMEMBERED_HOURS = 24;
/** A request whose process died is not in flight for ever. Longer than any POST of ours takes. */
const IN_FLIGHT_MINUTES = 10;

export interface KeyedRequest {
  readonly key: string;
  /** SHA-256 of everything that makes it this request. */
  readonly hash: Buffer;
}

export interface KeptAnswer {
  readonly status: number;
  readonly location: string | null;
  /** JSON; null for no body. */
  readonly body: string | null;
}

export type Claim =
  | { readonly is: 'new'; readonly id: string }
  | { readonly is: 'inFlight' | 'anotherRequest' }
  | { readonly is: 'answered'; readonly answer: KeptAnswer };

interface Row {
  readonly id: string;
  readonly claimed: boolean;
  readonly same: boolean;
  readonly status: number | null;
  readonly location: string | null;
  readonly answer: Buffer | null;
}

/** One statement, so that of two requests at once only one is the first. */
const CLAIM = `
  with gone as (
    delete from idempotency_keys where organization_id = $1 and expires_at < now() and not (principal = $3 and key = $4)
  )
  insert into idempotency_keys as kept (organization_id, id, principal, key, request_hash, expires_at)
  values ($1, $2, $3, $4, $5, now() + make_interval(mins => ${IN_FLIGHT_MINUTES}))
  on conflict (organization_id, principal, key) do update set
    id = case when kept.expires_at < now() then excluded.id else kept.id end,
    request_hash = case when kept.expires_at < now() then excluded.request_hash else kept.request_hash end,
    status = case when kept.expires_at < now() then null else kept.status end,
    location = case when kept.expires_at < now() then null else kept.location end,
    answer = case when kept.expires_at < now() then null else kept.answer end,
    expires_at = case when kept.expires_at < now() then excluded.expires_at else kept.expires_at end
  returning id, id = $2 as claimed, request_hash = $5 as same, status, location, answer`;

/** Remembers answers per organization and caller for 24 hours. */
@Injectable()
export class IdempotencyKeys {
  readonly #key: Buffer;

  constructor(
    config: Config,
    private readonly sql: TenantSql,
  ) {
    this.#key = createHmac('sha256', config.get('SECRET_KEY')).update('idempotency').digest();
  }

  async claim(context: TenantContext, request: KeyedRequest): Promise<Claim> {
    const { organizationId } = context;
    const values = [
      organizationId,
      randomUUIDv7(),
      principalOf(context),
      request.key,
      request.hash,
    ];
    const [row] = await this.sql.write<Row>(context, CLAIM, values);
    if (row === undefined) throw new Error('an idempotency key was neither new nor known');
    if (row.claimed) return { is: 'new', id: row.id };
    if (!row.same) return { is: 'anotherRequest' };
    if (row.status === null) return { is: 'inFlight' };
    const body = row.answer === null ? null : this.#open(row.answer, organizationId, row.id);
    return { is: 'answered', answer: { status: row.status, location: row.location, body } };
  }

  async keep(context: TenantContext, id: string, answer: KeptAnswer): Promise<void> {
    const { organizationId } = context;
    const sealed =
      answer.body === null
        ? null
        : seal(this.#key, Buffer.from(answer.body), `${organizationId}/${id}`);
    await this.sql.write(
      context,
      `update idempotency_keys set status = $3, location = $4, answer = $5, updated_at = now(),
         expires_at = now() + make_interval(hours => ${REMEMBERED_HOURS})
       where organization_id = $1 and id = $2`,
      [organizationId, id, answer.status, answer.location, sealed],
    );
  }

  /** After a refusal nothing happened: the same key may try again. */
  async forget(context: TenantContext, id: string): Promise<void> {
    await this.sql.write(
      context,
      'delete from idempotency_keys where organization_id = $1 and id = $2',
      [context.organizationId, id],
    );
  }

  #open(answer: Buffer, organizationId: string, id: string): string {
    return open(this.#key, answer, `${organizationId}/${id}`).toString();
  }
}

function principalOf({ actor }: TenantContext): string {
  return `${actor.kind}:${actor.id ?? actor.name}`;
}
