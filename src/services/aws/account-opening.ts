import { ALL_REGIONS } from '../../core/providers/index.js';
import type { AggregatedRegion, AggregatorSurvey } from './aggregator-survey.js';
import type { AwsAccount } from './aws.accounts.js';
import type { AwsClients } from './aws.client-factory.js';
import { readFailure } from './aws.errors.js';
import type { ReadFailure } from './aws.errors.js';
import { AwsSession, callerIdentity } from './aws.session.js';
import type { ScanCalls } from './aws.session.js';
import type { AwsAggregator } from './aws.settings.js';
import { ConfigApi } from './config.api.js';
import { findRecorder, unknownRecorder } from './configuration-recorder.js';
import type { RecorderFinding } from './configuration-recorder.js';
import { AccountLister, AggregatorLister } from './item-lister.js';
import type { ItemLister } from './item-lister.js';
import { OrganizationApi } from './organization.api.js';
import { surveyRegion, unreadRegion } from './region-survey.js';
import type { RegionSurvey } from './region-survey.js';

/** One account of the scan, before anything in it is read. */
export interface OpenedAccount {
  readonly accountId: string;
  /** Null where nobody can act in the account, and only an aggregator knows it. */
  readonly session: AwsSession | null;
  readonly surveys: readonly OpenedRegion[];
  /** Why the account, or a part of it that cannot be named, is not read; null when nothing is missing. */
  readonly gap: ReadFailure | null;
}

export interface OpenedRegion {
  readonly survey: RegionSurvey;
  readonly lister: ItemLister;
}

export interface OpeningContext {
  readonly clients: AwsClients;
  readonly base: AwsSession;
  readonly scan: ScanCalls;
  /** Where STS, Organizations and Account Management are asked from. */
  readonly home: string;
  /** Regions to read; `all` for those that are enabled. */
  readonly regions: readonly string[];
  readonly aggregator: AwsAggregator | null;
  readonly aggregated: AggregatorSurvey | null;
}

/** Gets into an account and looks what there is, region by region. Never throws but for the abort of the scan. */
export class AccountOpening {
  constructor(private readonly context: OpeningContext) {}

  async open(account: AwsAccount): Promise<OpenedAccount> {
    const { accountId } = account;
    const entered = await this.enter(account);
    const session = entered instanceof AwsSession ? entered : null;
    const view = this.context.aggregated?.accounts.get(accountId) ?? null;
    if (!(entered instanceof AwsSession) && view === null) {
      return { accountId, session, surveys: [], gap: entered };
    }
    const { regions, gap } = await this.regions(session, view);
    const surveys: OpenedRegion[] = [];
    // One after the other: accounts are opened side by side already.
    for (const region of regions) surveys.push(await this.survey(accountId, session, view, region));
    return { accountId, session, surveys, gap };
  }

  private async enter({ accountId, role }: AwsAccount): Promise<AwsSession | ReadFailure> {
    const { clients, base, scan, home } = this.context;
    if (role === null) {
      if (accountId === base.accountId) return base;
      const message = `No role is named for account ${accountId}, and ${base.principal} is of another account: name role_arn or role_name`;
      return { status: 'failed', message };
    }
    try {
      const own = clients.as(role, home);
      const found = await callerIdentity(own, home, accountId, scan);
      if (found.accountId === accountId) return new AwsSession(own, accountId, found.arn, scan);
      const message = `${role.arn} leads to account ${found.accountId}, not ${accountId}`;
      return { status: 'failed', message };
    } catch (error) {
      scan.signal.throwIfAborted();
      const { principal } = base;
      const place = { accountId, region: null, principal };
      return readFailure(error, `sts:AssumeRole of ${role.arn}`, place);
    }
  }

  private async regions(
    session: AwsSession | null,
    view: readonly AggregatedRegion[] | null,
  ): Promise<{ regions: readonly string[]; gap: ReadFailure | null }> {
    const { regions: asked, home } = this.context;
    const named = asked.filter((region) => region !== ALL_REGIONS);
    if (named.length === asked.length) return { regions: named, gap: null };
    const collected = view?.map(({ region }) => region) ?? [];
    if (session === null) return { regions: unique([...named, ...collected]), gap: null };
    try {
      const enabled = await new OrganizationApi(session, home).enabledRegions();
      return { regions: unique([...named, ...enabled]), gap: null };
    } catch (error) {
      const gap = session.failure(error, 'account:ListRegions', home);
      const instead = unique([...named, ...collected]);
      return { regions: instead.length > 0 ? instead : [home], gap };
    }
  }

  private async survey(
    accountId: string,
    session: AwsSession | null,
    view: readonly AggregatedRegion[] | null,
    region: string,
  ): Promise<OpenedRegion> {
    const { aggregator, base } = this.context;
    const seen = view?.find((one) => one.region === region);
    if (aggregator !== null && (seen || session === null)) {
      const lister = new AggregatorLister(new ConfigApi(base), aggregator, accountId);
      const survey = seen
        ? await this.aggregated(session, aggregator, seen)
        : notCollected(aggregator, region);
      return { survey, lister };
    }
    const api = new ConfigApi(session ?? base);
    return { survey: await surveyRegion(api, region), lister: new AccountLister(api) };
  }

  private async aggregated(
    session: AwsSession | null,
    aggregator: AwsAggregator,
    { region, types, stale }: AggregatedRegion,
  ): Promise<RegionSurvey> {
    const recorder = await recorderOf(session, aggregator, region);
    const caveat = recorder.caveat ?? stale;
    return { region, recorder: { ...recorder, caveat }, types, failure: null };
  }
}

/** An aggregator keeps what a stopped recorder left, and does not say so. */
async function recorderOf(
  session: AwsSession | null,
  { name, recordersEnforced }: AwsAggregator,
  region: string,
): Promise<RecorderFinding> {
  if (session === null) {
    const caveat = `The aggregator ${name} cannot tell whether AWS Config still records in ${region}: name the account's role, or set recorders_enforced`;
    return unknownRecorder(recordersEnforced ? null : caveat);
  }
  const found = await findRecorder(new ConfigApi(session), region);
  if ('unreachable' in found) return unknownRecorder(found.unreachable.message);
  return found.present ? found : unknownRecorder(found.caveat);
}

function notCollected({ name }: AwsAggregator, region: string): RegionSurvey {
  const message = `The aggregator ${name} does not collect ${region} of this account`;
  return unreadRegion(region, unknownRecorder(null), { status: 'failed', message });
}

function unique(regions: readonly string[]): string[] {
  return [...new Set(regions)];
}
