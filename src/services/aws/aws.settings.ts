import { InventoryError } from '../../core/providers/index.js';
import type { InventoryConnection } from '../../core/providers/index.js';

/** A role to assume in an account that is read. */
export interface AwsRole {
  readonly arn: string;
  readonly externalId: string | null;
}

/** One account that was named: by the role in it, or by its number and the role's name. */
export interface NamedAccount {
  readonly accountId: string;
  readonly roleArn: string | null;
  readonly roleName: string | null;
  readonly externalId: string | null;
}

export interface AwsAggregator {
  readonly name: string;
  readonly region: string;
  /** The operator vouches that the recorder is on in every source; an aggregator cannot tell. */
  readonly recordersEnforced: boolean;
}

export interface AwsSettings {
  readonly accounts: readonly NamedAccount[];
  /** Role of that name in every account of the organization, and in accounts named by number. */
  readonly roleName: string | null;
  readonly externalId: string | null;
  readonly sessionName: string;
  readonly organization: {
    /** Ids of roots or organizational units (`ou-…`); empty means the whole organization. */
    readonly units: readonly string[];
    readonly exclude: readonly string[];
  } | null;
  readonly aggregator: AwsAggregator | null;
  /** Whether Cloud Control is asked for expected types AWS Config does not hold. */
  readonly cloudControl: boolean;
}

const ROLE_ARN = /^arn:(aws[a-z-]*):iam::(\d{12}):role\/[\w+=,.@/-]{1,512}$/;
const ROLE_NAME = /^(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/;
const ACCOUNT_ID = /^\d{12}$/;
const SESSION_NAME = /^[\w+=,.@-]{2,64}$/;
const EXTERNAL_ID = /^[\w+=,.@:/-]{2,1224}$/;
const UNIT = /^(?:r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$/;
const DEFAULT_SESSION = 'driftguard';

/**
 * The options of a connection (`cloud_settings.aws`): `accounts` (`{ role_arn }` or `{ account_id, role_name? }`, each with `external_id?`),
 * `role_name`, `external_id`, `session_name`, `organization` (`{ units?, exclude? }`), `aggregator` (`{ name, region, recorders_enforced? }`),
 * `cloud_control` (`declared` or `off`). @throws InventoryError `connection-invalid`
 */
export function readSettings({ options = {} }: InventoryConnection): AwsSettings {
  const { organization, aggregator } = options;
  const roleName = textOf(options, 'role_name', ROLE_NAME);
  const accounts = listOf(options, 'accounts').map((entry, index) =>
    namedAccount(entry, `accounts[${index}]`, roleName),
  );
  if (isObject(organization) && roleName === null) {
    throw invalid(
      'role_name',
      'is missing: the role to assume in each account of the organization',
    );
  }
  return {
    accounts,
    roleName,
    externalId: textOf(options, 'external_id', EXTERNAL_ID),
    sessionName: textOf(options, 'session_name', SESSION_NAME) ?? DEFAULT_SESSION,
    organization: isObject(organization)
      ? {
          units: textsOf(organization, 'units', UNIT),
          exclude: textsOf(organization, 'exclude', ACCOUNT_ID),
        }
      : null,
    aggregator: isObject(aggregator) ? readAggregator(aggregator) : null,
    cloudControl: options.cloud_control !== 'off',
  };
}

/** Partition and account of a role's ARN; null when it is none. */
export function parseRoleArn(arn: string): { partition: string; accountId: string } | null {
  const [, partition, accountId] = ROLE_ARN.exec(arn) ?? [];
  return partition && accountId ? { partition, accountId } : null;
}

function namedAccount(entry: unknown, where: string, roleName: string | null): NamedAccount {
  if (!isObject(entry)) throw invalid(where, 'is not an object');
  const roleArn = textOf(entry, 'role_arn', ROLE_ARN);
  const accountId = textOf(entry, 'account_id', ACCOUNT_ID);
  const ofRole = roleArn === null ? null : (parseRoleArn(roleArn)?.accountId ?? null);
  const found = accountId ?? ofRole;
  if (found === null) throw invalid(where, 'names neither role_arn nor account_id');
  if (ofRole !== null && ofRole !== found) {
    throw invalid(where, `names account ${found} and a role of account ${ofRole}`);
  }
  return {
    accountId: found,
    roleArn,
    roleName: textOf(entry, 'role_name', ROLE_NAME) ?? roleName,
    externalId: textOf(entry, 'external_id', EXTERNAL_ID),
  };
}

function readAggregator(aggregator: Fields): AwsAggregator {
  const name = textOf(aggregator, 'name', /^[\w-]{1,256}$/);
  const region = textOf(aggregator, 'region', /^[a-z0-9-]{2,60}$/);
  if (name === null || region === null) {
    throw invalid('aggregator', 'needs a name and a region');
  }
  return { name, region, recordersEnforced: aggregator.recorders_enforced === true };
}

type Fields = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(fields: Fields, name: string): readonly unknown[] {
  const value = fields[name] ?? [];
  if (!Array.isArray(value)) throw invalid(name, 'is not a list');
  return value;
}

function textOf(fields: Fields, name: string, form: RegExp): string | null {
  const value = fields[name] ?? null;
  if (value === null || value === '') return null;
  if (typeof value !== 'string' || !form.test(value)) {
    throw invalid(name, 'is not written as AWS writes it');
  }
  return value;
}

function textsOf(fields: Fields, name: string, form: RegExp): readonly string[] {
  return listOf(fields, name).map((value) => {
    if (typeof value !== 'string' || !form.test(value)) {
      throw invalid(name, `${JSON.stringify(value)} is not written as AWS writes it`);
    }
    return value;
  });
}

function invalid(name: string, what: string): InventoryError {
  return new InventoryError('connection-invalid', 'aws', `cloud_settings.aws: ${name} ${what}.`);
}
