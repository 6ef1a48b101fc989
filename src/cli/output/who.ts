import type { Attribution } from '../../core/providers/index.js';
import { printable } from './text.js';

const MINUTE_MS = 60_000;

/** `by ana (console, 2 h ago)`; what is not certain says so. Null when the log says neither who nor when. */
export function whoText(attribution: Attribution | null, now: Date): string | null {
  if (attribution === null) return null;
  const { actor, client, at, confidence } = attribution;
  const time = at === null ? null : age(now.getTime() - Date.parse(at));
  if (actor === null) return time === null ? null : `${SURE[confidence]}changed ${time}`;
  const facts = [client === 'unknown' ? null : client, time].filter((one) => one !== null);
  const details = facts.length === 0 ? '' : ` (${facts.join(', ')})`;
  return `${SURE[confidence]}by ${printable(shortActor(actor))}${details}`;
}

const SURE = { high: '', medium: 'probably ', low: 'perhaps ' } as const;

/**
 * A person or a role, without what surrounds it in an ARN. Of an assumed role the session says who; only sessions of IAM Identity
 * Center are always a person, so of others the role stays.
 */
export function shortActor(actor: string): string {
  const [, role, session] = /:assumed-role\/([^/]+)\/(.+)$/.exec(actor) ?? [];
  if (role !== undefined && session !== undefined) {
    return role.startsWith('AWSReservedSSO_') ? session : `${session} as ${role}`;
  }
  if (!actor.startsWith('arn:')) return actor;
  return actor.endsWith(':root') ? 'root' : (actor.split('/').at(-1) ?? actor);
}

function age(milliseconds: number): string {
  const minutes = Math.max(0, Math.floor(milliseconds / MINUTE_MS));
  if (minutes < 1) return 'just now';
  if (minutes < 60) return `${minutes} min ago`;
  if (minutes < 48 * 60) return `${Math.floor(minutes / 60)} h ago`;
  return `${Math.floor(minutes / 1440)} days ago`;
}
