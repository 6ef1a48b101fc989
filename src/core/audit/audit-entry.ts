import { createHash, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import type { TenantContext } from '../context/index.js';
import { maskSecrets } from '../logging/index.js';
import type { AuditResult } from './audit-log.entity.js';

type Values = Readonly<Record<string, unknown>>;

export interface AuditOutcome {
  readonly result: AuditResult;
  /** Error code; null for success. */
  readonly code: string | null;
}

export interface AuditEntry {
  /** Verb and noun: `resolve_drift`. */
  readonly action: string;
  readonly resource_type: string;
  readonly resource_id?: string | null;
  readonly old_values?: Values | null;
  readonly new_values?: Values | null;
  readonly ip?: string | null;
  readonly user_agent?: string | null;
  /** Default: succeeded. */
  readonly outcome?: AuditOutcome;
}

/** The part of an entry that may name people, and that anonymising rewrites. */
export interface AuditContent {
  /** The name of the actor at that time. */
  readonly actor: string;
  readonly ip: string | null;
  readonly user_agent: string | null;
  /** The API key the call came with. */
  readonly api_key_id: string | null;
  /** Secrets masked; null where there was nothing before. */
  readonly old_values: Values | null;
  readonly new_values: Values | null;
}

const LONGEST_USER_AGENT = 300;

/** Values under secret names are masked. */
export function contentOf(context: TenantContext, entry: AuditEntry): string {
  const content: AuditContent = {
    actor: context.actor.name,
    // A proxy may hand on anything as an address.
    ip: isIP(entry.ip ?? '') === 0 ? null : (entry.ip ?? null),
    user_agent: entry.user_agent?.slice(0, LONGEST_USER_AGENT) ?? null,
    api_key_id: context.actor.apiKeyId ?? null,
    old_values: masked(entry.old_values),
    new_values: masked(entry.new_values),
  };
  return writeContent(content);
}

/** The key is left out where there was none, as in entries that are older than keys: the same details, the same text. */
export function writeContent({ api_key_id, ...content }: AuditContent): string {
  return JSON.stringify(api_key_id === null ? content : { ...content, api_key_id });
}

export function readContent(text: string): AuditContent {
  const content = JSON.parse(text) as Omit<AuditContent, 'api_key_id'> & { api_key_id?: string };
  return { ...content, api_key_id: content.api_key_id ?? null };
}

export function newSalt(): string {
  return randomBytes(32).toString('hex');
}

/** What an entry holds of its details: hiding, because of the salt, and binding. */
export function detailsDigest(salt: string, content: string): string {
  return createHash('sha256').update(`${salt}:${content}`).digest('hex');
}

function masked(values: Values | null | undefined): Values | null {
  return values === null || values === undefined ? null : (maskSecrets(values) as Values);
}
