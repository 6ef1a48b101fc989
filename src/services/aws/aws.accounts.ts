import type { Account } from '@aws-sdk/client-organizations';
import type { ReadFailure } from './aws.errors.js';
import { parseRoleArn } from './aws.settings.js';
import type { AwsRole, AwsSettings, NamedAccount } from './aws.settings.js';
import type { Identity } from './aws.session.js';
import type { OrganizationApi } from './organization.api.js';

/** An account to read. */
export interface AwsAccount {
  readonly accountId: string;
  /** Null: the credentials of the connection are of this account. */
  readonly role: AwsRole | null;
}

export interface AccountsFound {
  readonly accounts: readonly AwsAccount[];
  /** Accounts that were left out, and why. */
  readonly notices: readonly string[];
  /** Why the list may not be whole; null when it is. */
  readonly gap: ReadFailure | null;
}

/** How one account is entered, without asking AWS Organizations whether it is a member. */
export function accountOf(accountId: string, settings: AwsSettings, base: Identity): AwsAccount {
  const named = settings.accounts.find((account) => account.accountId === accountId);
  return named === undefined
    ? memberAccount(accountId, settings, base)
    : namedAccount(named, settings, base);
}

/** The accounts that were named, those of the organization, or else the one the credentials are of. Never throws but for the abort of the scan. */
export async function findAccounts(
  settings: AwsSettings,
  base: Identity,
  organization: OrganizationApi,
): Promise<AccountsFound> {
  const found = new Map<string, AwsAccount>();
  const add = (account: AwsAccount): void => {
    if (!found.has(account.accountId)) found.set(account.accountId, account);
  };
  for (const named of settings.accounts) add(namedAccount(named, settings, base));
  if (settings.organization === null) {
    if (found.size === 0) add({ accountId: base.accountId, role: null });
    return { accounts: [...found.values()], notices: [], gap: null };
  }
  const notices: string[] = [];
  const { units, exclude } = settings.organization;
  let gap: ReadFailure | null = null;
  for (const unit of units.length > 0 ? units : [null]) {
    const operation =
      unit === null ? 'organizations:ListAccounts' : `organizations:ListAccountsForParent`;
    try {
      const listed =
        unit === null ? await organization.accounts() : await organization.accountsBelow(unit);
      for (const account of listed) {
        const left = whyLeftOut(account, exclude);
        if (left !== null) notices.push(left);
        else add(memberAccount(account.Id ?? '', settings, base));
      }
    } catch (error) {
      gap = organization.session.failure(error, operation, organization.region);
    }
  }
  return { accounts: [...found.values()], notices: [...new Set(notices)], gap };
}

function whyLeftOut(
  { Id: id = '', Name: name, Status, State }: Account,
  exclude: readonly string[],
): string | null {
  const label = name ? `${id} (${name})` : id;
  // Status is being replaced by State (API reference, Account): https://docs.aws.amazon.com/organizations/latest/APIReference/API_Account.html
  const state = State ?? Status ?? 'ACTIVE';
  if (state !== 'ACTIVE')
    return `Account ${label} is ${state.toLowerCase().replaceAll('_', ' ')}: it was left out`;
  return exclude.includes(id)
    ? `Account ${label} is excluded by the settings: it was left out`
    : null;
}

function namedAccount(
  { accountId, roleArn, roleName, externalId }: NamedAccount,
  settings: AwsSettings,
  base: Identity,
): AwsAccount {
  const arn = roleArn ?? (roleName === null ? null : roleIn(accountId, roleName, base));
  const own = accountId === base.accountId && roleArn === null;
  if (arn === null || own) return { accountId, role: null };
  return { accountId, role: { arn, externalId: externalId ?? settings.externalId } };
}

/** The management account has no such role of its own; when it is the one that asks, it needs none. */
function memberAccount(accountId: string, settings: AwsSettings, base: Identity): AwsAccount {
  const { roleName, externalId } = settings;
  if (accountId === base.accountId || roleName === null) return { accountId, role: null };
  return { accountId, role: { arn: roleIn(accountId, roleName, base), externalId } };
}

function roleIn(accountId: string, roleName: string, base: Identity): string {
  return `arn:${partitionOf(base.arn)}:iam::${accountId}:role/${roleName}`;
}

function partitionOf(arn: string): string {
  return parseRoleArn(arn)?.partition ?? arn.split(':')[1] ?? 'aws';
}
