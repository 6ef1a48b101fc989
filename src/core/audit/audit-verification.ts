import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { TenantContext } from '../context/index.js';
import { TenantSql } from '../database/index.js';
import { detailsDigest, readContent } from './audit-entry.js';

export const FIRST_HASH = '0'.repeat(64);
export const REDACTION = 'redact_audit_entries';
const PAGE = 2000;

export interface ChainBreak {
  /** Of the entry at which it shows. */
  readonly sequence: string;
  readonly id: string | null;
  readonly reason:
    | 'entry missing'
    | 'entry changed'
    | 'entry not linked to the one before'
    | 'details missing'
    | 'details changed'
    | 'entries missing at the end'
    | 'anchor without its entry'
    | 'not the chain of the given anchor';
}

export interface ChainVerification {
  readonly entries: number;
  /** The sequence number before the first entry that is still there; 0 when nothing was removed. */
  readonly removedUpTo: string;
  /** Entries in which a person was anonymised since. */
  readonly redacted: number;
  /** The end of the chain; kept elsewhere, it proves later that nothing was cut off. */
  readonly head: { readonly sequence: string; readonly hash: string };
  /** The first one; null for a whole chain. */
  readonly broken: ChainBreak | null;
}

interface Row {
  readonly id: string;
  readonly sequence: string;
  readonly previous_hash: string;
  readonly hash: string;
  readonly hashed: (string | null)[];
  readonly details_digest: string;
  readonly salt: string | null;
  readonly content: string | null;
}

interface Start {
  readonly sequence: string;
  readonly hash: string;
  readonly entry_id: string | null;
}

/** Walks the chain of an organization and recomputes every hash, with code of its own, not the database's. */
@Injectable()
export class AuditVerification {
  constructor(private readonly sql: TenantSql) {}

  /** `expected`: the end of the chain as it was noted earlier. */
  async verify(
    context: TenantContext,
    expected: { readonly sequence: string; readonly hash: string } | null = null,
  ): Promise<ChainVerification> {
    const start = await this.#start(context);
    const redactions = await this.#redactions(context);
    let [previous, sequence, entries, redacted] = [start.hash, BigInt(start.sequence), 0, 0];
    let anchorSeen = start.entry_id === null;
    let expectedSeen = expected === null || BigInt(expected.sequence) <= sequence;
    const result = (broken: ChainBreak | null): ChainVerification => ({
      entries,
      removedUpTo: start.sequence,
      redacted,
      head: { sequence: String(sequence), hash: previous },
      broken,
    });
    // A changed entry may be the one that allowed the change of details: then that is where it breaks.
    let inDetails: ChainVerification | null = null;
    for await (const row of this.#rows(context, start.sequence)) {
      const breaks = (reason: ChainBreak['reason'], at = row.sequence) =>
        result({ sequence: at, id: row.id, reason });
      if (BigInt(row.sequence) !== sequence + 1n) {
        return breaks('entry missing', String(sequence + 1n));
      }
      if (row.previous_hash !== previous) return breaks('entry not linked to the one before');
      if (hashOf(row.hashed) !== row.hash) return breaks('entry changed');
      const allowed = redactions.get(row.id);
      const reason = detailsBreak(row, allowed);
      if (reason !== null) inDetails ??= breaks(reason);
      if (allowed !== undefined) redacted += 1;
      if (row.id === start.entry_id) anchorSeen = isAnchorEntry(row.content, start);
      if (expected?.sequence === row.sequence) {
        if (expected.hash !== row.hash) return breaks('not the chain of the given anchor');
        expectedSeen = true;
      }
      [previous, sequence, entries] = [row.hash, sequence + 1n, entries + 1];
    }
    if (inDetails !== null) return inDetails;
    const end = (reason: ChainBreak['reason']) =>
      result({ sequence: String(sequence + 1n), id: null, reason });
    if (!anchorSeen) return end('anchor without its entry');
    const head = await this.#head(context);
    const isWhole = head.sequence === String(sequence) && head.hash === previous;
    // An entry may have been added while this was reading: the head is then further on.
    const isNewer = BigInt(head.sequence) > sequence && (await this.#continues(context, sequence));
    if ((!isWhole && !isNewer) || !expectedSeen) return end('entries missing at the end');
    return result(null);
  }

  async #start(context: TenantContext): Promise<Start> {
    const [anchor] = await this.sql.read<Start>(
      context,
      `select sequence, hash, entry_id from audit_anchors where organization_id = $1
       order by sequence desc limit 1`,
      [context.organizationId],
    );
    return anchor ?? { sequence: '0', hash: FIRST_HASH, entry_id: null };
  }

  async #head(context: TenantContext): Promise<{ sequence: string; hash: string }> {
    const [head] = await this.sql.read<{ sequence: string; hash: string }>(
      context,
      'select sequence, hash from audit_chains where organization_id = $1',
      [context.organizationId],
    );
    return head ?? { sequence: '0', hash: FIRST_HASH };
  }

  async #continues(context: TenantContext, sequence: bigint): Promise<boolean> {
    const rows = await this.sql.read(
      context,
      'select 1 from audit_logs where organization_id = $1 and sequence = $2',
      [context.organizationId, String(sequence + 1n)],
    );
    return rows.length === 1;
  }

  /** By entry, the digest of its details since a person in them was anonymised; the latest counts. */
  async #redactions(context: TenantContext): Promise<ReadonlyMap<string, string>> {
    const rows = await this.sql.read<{ content: string }>(
      context,
      `select d.content from audit_logs l
       join audit_details d on d.organization_id = l.organization_id and d.id = l.id
       where l.organization_id = $1 and l.action = $2 order by l.sequence`,
      [context.organizationId, REDACTION],
    );
    const digests = new Map<string, string>();
    for (const { content } of rows) {
      const redacted = (readContent(content).new_values?.digests ?? {}) as Record<string, string>;
      for (const [id, digest] of Object.entries(redacted)) digests.set(id, digest);
    }
    return digests;
  }

  async *#rows(context: TenantContext, after: string): AsyncGenerator<Row> {
    let from = after;
    for (;;) {
      const rows: Row[] = await this.sql.read<Row>(
        context,
        `select l.id, l.sequence, l.previous_hash, l.hash, l.details_digest, d.salt, d.content,
           array['driftguard/audit/1', l.previous_hash, l.sequence::text, l.organization_id::text,
             l.id::text, to_char(l.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
             l.actor_kind, l.user_id::text, l.action, l.resource_type, l.resource_id, l.result,
             l.code, l.correlation_id, l.details_digest]::text[] as hashed
         from audit_logs l
         left join audit_details d on d.organization_id = l.organization_id and d.id = l.id
         where l.organization_id = $1 and l.sequence > $2 order by l.sequence limit ${PAGE}`,
        [context.organizationId, from],
      );
      yield* rows;
      const last = rows.at(-1);
      if (last === undefined) return;
      from = last.sequence;
    }
  }
}

function hashOf(fields: readonly (string | null)[]): string {
  return createHash('sha256').update(JSON.stringify(fields)).digest('hex');
}

function detailsBreak(row: Row, redacted: string | undefined): ChainBreak['reason'] | null {
  if (row.salt === null || row.content === null) return 'details missing';
  const digest = detailsDigest(row.salt, row.content);
  return digest === (redacted ?? row.details_digest) ? null : 'details changed';
}

function isAnchorEntry(content: string | null, start: Start): boolean {
  if (content === null) return false;
  const said = readContent(content).new_values;
  return said?.removed_up_to === start.sequence && said.hash === start.hash;
}
