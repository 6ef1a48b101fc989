import { interleave } from '../../core/http/client/index.js';
import { accessCheck } from '../../core/providers/index.js';
import type { AccessCheck } from '../../core/providers/index.js';
import { callsOf } from './access-calls.js';
import type { TriedCall } from './access-calls.js';
import { findAccounts } from './aws.accounts.js';
import type { AwsAccount } from './aws.accounts.js';
import type { AwsClients } from './aws.client-factory.js';
import { isNotFound, isUnsupported, readFailure } from './aws.errors.js';
import { AwsSession, callerIdentity } from './aws.session.js';
import type { ScanCalls } from './aws.session.js';
import type { AwsSettings } from './aws.settings.js';
import { OrganizationApi } from './organization.api.js';

export interface AccessQuestion {
  readonly clients: AwsClients;
  readonly settings: AwsSettings;
  readonly base: AwsSession;
  readonly home: string;
  readonly allRegions: boolean;
  readonly scan: ScanCalls;
}

const ACCOUNTS_AT_ONCE = 4;

/**
 * The calls themselves, in one region: `iam:SimulatePrincipalPolicy` is one more permission, and knows nothing of what the policies
 * of the resources, sessions and endpoints refuse.
 */
export async function* checkAccess(question: AccessQuestion): AsyncGenerator<AccessCheck> {
  const { settings, base, home } = question;
  const organization = new OrganizationApi(base, home);
  const self = { accountId: base.accountId, arn: base.principal };
  const { accounts, gap } = await findAccounts(settings, self, organization);
  if (settings.organization !== null) {
    const permission =
      settings.organization.units.length > 0
        ? 'organizations:ListAccountsForParent'
        : 'organizations:ListAccounts';
    const without = 'the accounts of the organization are not known, and not read';
    yield accessCheck({ permission, without, blinds: ['*'] }, gap);
  }
  const each = accounts.map(
    (account) =>
      async function* () {
        yield* await checkAccount(account, question);
      },
  );
  const stopped = new AbortController();
  yield* interleave(each, ACCOUNTS_AT_ONCE, () => stopped.abort());
}

async function checkAccount(
  account: AwsAccount,
  question: AccessQuestion,
): Promise<readonly AccessCheck[]> {
  const { session, assumed } = await enter(account, question);
  if (session === null) return assumed;
  const calls = callsOf(session, question);
  const checks = await Promise.all(calls.map((call) => tried(session, call)));
  const several = question.settings.accounts.length > 0 || question.settings.organization !== null;
  const named = several
    ? checks.map((one) => ({ ...one, permission: `${account.accountId}: ${one.permission}` }))
    : checks;
  return [...assumed, ...named];
}

async function enter(
  { accountId, role }: AwsAccount,
  { clients, base, home, scan }: AccessQuestion,
): Promise<{ session: AwsSession | null; assumed: readonly AccessCheck[] }> {
  if (role === null && accountId === base.accountId) return { session: base, assumed: [] };
  const without = `account ${accountId} is not read`;
  const facts = { permission: `sts:AssumeRole ${role?.arn ?? ''}`, without, blinds: ['*'] };
  if (role === null) {
    const message = `no role is named for account ${accountId}: name role_arn or role_name`;
    return { session: null, assumed: [accessCheck(facts, { status: 'denied', message })] };
  }
  try {
    const own = clients.as(role, home);
    const found = await callerIdentity(own, home, accountId, scan);
    const session = new AwsSession(own, accountId, found.arn, scan);
    return { session, assumed: [accessCheck(facts, null)] };
  } catch (error) {
    scan.signal.throwIfAborted();
    const place = { accountId, region: null, principal: base.principal };
    const failure = readFailure(error, 'sts:AssumeRole', place);
    return { session: null, assumed: [accessCheck(facts, failure)] };
  }
}

async function tried(session: AwsSession, call: TriedCall): Promise<AccessCheck> {
  const { region, send, ...facts } = call;
  try {
    await send();
    return accessCheck(facts, null);
  } catch (error) {
    // That there is no such thing is said to those who may ask.
    if (isUnsupported(error) || isNotFound(error)) return accessCheck(facts, null);
    return accessCheck(facts, session.failure(error, facts.permission, region));
  }
}
