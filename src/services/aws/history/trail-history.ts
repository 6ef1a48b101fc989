import type { ChangedResource, ChangeEvent, ChangeHistory } from '../../../core/providers/index.js';
import { InventoryError } from '../../../core/providers/index.js';
import { accountOf } from '../aws.accounts.js';
import type { AwsClients } from '../aws.client-factory.js';
import { inventoryError, readFailure } from '../aws.errors.js';
import { AwsSession, callerIdentity } from '../aws.session.js';
import type { ScanCalls } from '../aws.session.js';
import type { AwsSettings } from '../aws.settings.js';
import { eventSourceOf, globalEventRegion } from './event-sources.js';
import { mentions, readChange } from './trail-record.js';
import type { TrailFields } from './trail-fields.js';
import { LOOKUP_EVENTS, TrailApi } from './trail.api.js';

export interface TrailContext {
  readonly clients: AwsClients;
  readonly settings: AwsSettings;
  calls(signal: AbortSignal): ScanCalls;
  base(calls: ScanCalls): Promise<AwsSession>;
  /** Where STS is asked from. */
  home(): Promise<string>;
}

/** How long CloudTrail keeps the event history: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events.html */
const KEPT_DAYS = 90;
const MAX_NAMES = 4;
const PAGES_BY_NAME = 2;
const PAGES_BY_SERVICE = 4;

/**
 * CloudTrail's event history, asked by the names of a resource. Many services do not say in a record which resource it is about;
 * then the writes of the service are read once for each account and region, and searched for the names.
 */
export class TrailHistory implements ChangeHistory {
  readonly days = KEPT_DAYS;
  private readonly writes = new Map<string, Promise<TrailFields[]>>();
  private readonly sessions = new WeakMap<AbortSignal, Map<string, Promise<AwsSession>>>();

  constructor(private readonly context: TrailContext) {}

  async eventsOf(
    resource: ChangedResource,
    since: Date,
    signal: AbortSignal,
  ): Promise<ChangeEvent[]> {
    const calls = this.context.calls(signal);
    try {
      const home = await this.context.home();
      const api = new TrailApi(await this.session(resource.scope.accountId, home, calls));
      const region = resource.scope.region ?? globalEventRegion(home);
      const names = namesOf(resource);
      const found =
        (await this.byName(api, region, names, since)) ??
        (await this.byService(api, region, resource.type, names, since));
      return found.flatMap((record) => readChange(record, new Set(names)) ?? []).sort(newestFirst);
    } catch (error) {
      throw historyError(error, signal);
    }
  }

  /** One for each account and run: entering an account costs two calls. */
  private session(accountId: string | null, home: string, calls: ScanCalls): Promise<AwsSession> {
    const open = this.sessions.get(calls.signal) ?? new Map<string, Promise<AwsSession>>();
    this.sessions.set(calls.signal, open);
    const session = open.get(accountId ?? '') ?? this.enter(accountId, home, calls);
    open.set(accountId ?? '', session);
    return session;
  }

  private async enter(
    accountId: string | null,
    home: string,
    calls: ScanCalls,
  ): Promise<AwsSession> {
    const { clients, settings } = this.context;
    const base = await this.context.base(calls);
    if (accountId === null || accountId === base.accountId) return base;
    const self = { accountId: base.accountId, arn: base.principal };
    const { role } = accountOf(accountId, settings, self);
    if (role === null) {
      throw new InventoryError('denied', 'aws', `No role is named for account ${accountId}.`);
    }
    const own = clients.as(role, home);
    const { arn } = await callerIdentity(own, home, accountId, calls);
    return new AwsSession(own, accountId, arn, calls);
  }

  /** Null when no name leads to a write. */
  private async byName(
    api: TrailApi,
    region: string,
    names: readonly string[],
    since: Date,
  ): Promise<TrailFields[] | null> {
    for (const value of names.slice(0, MAX_NAMES)) {
      const attribute = { key: 'ResourceName', value } as const;
      const found = await api.lookup(region, attribute, { since, pages: PAGES_BY_NAME });
      if (found.some((record) => readChange(record, new Set()) !== null)) return found;
    }
    return null;
  }

  private async byService(
    api: TrailApi,
    region: string,
    type: string,
    names: readonly string[],
    since: Date,
  ): Promise<TrailFields[]> {
    const source = eventSourceOf(type);
    if (source === null) return [];
    const key = [api.session.accountId, region, source, since.getTime()].join(' ');
    const attribute = { key: 'EventSource', value: source } as const;
    const listing =
      this.writes.get(key) ?? api.lookup(region, attribute, { since, pages: PAGES_BY_SERVICE });
    this.writes.set(key, listing);
    try {
      const wanted = new Set(names);
      return (await listing).filter((record) => mentions(record, wanted));
    } catch (error) {
      this.writes.delete(key);
      throw error;
    }
  }
}

/** ARN, id and name, and the last part of each: services fill in one or another. */
function namesOf({ id, name, aliases }: ChangedResource): string[] {
  const given = [id, name, ...aliases].filter((one): one is string => Boolean(one));
  const short = given.flatMap((one) => (one.startsWith('arn:') ? one.split(/[:/]/).slice(-1) : []));
  return [...new Set([...given, ...short])].filter((one) => one.length > 1);
}

function newestFirst(left: ChangeEvent, right: ChangeEvent): number {
  return (right.at ?? '').localeCompare(left.at ?? '');
}

function historyError(error: unknown, signal: AbortSignal): InventoryError {
  if (signal.aborted) {
    return new InventoryError('cancelled', 'aws', 'Asking CloudTrail was cancelled.');
  }
  if (error instanceof InventoryError) return error;
  const { status, message } = readFailure(error, LOOKUP_EVENTS);
  const failure = status === 'failed' ? inventoryError(error).failure : status;
  return new InventoryError(failure, 'aws', message);
}
