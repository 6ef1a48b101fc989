import { existsSync } from 'node:fs';
import path from 'node:path';
import { EstateError } from '../estate-error.js';
import { objectsAt, textAt } from '../json.js';
import type { JsonObject } from '../json.js';
import { readOptional } from './aws-estate.js';
import { AwsServiceError } from './aws-protocol.js';
import { makePageToken, readPageToken } from './page-token.js';
import { checkParameters } from './parameters.js';

export interface MemberAccount {
  readonly id: string;
  readonly name: string;
  /** Root or organizational unit. */
  readonly parent: string;
  readonly state: string;
}

export interface AwsOrganization {
  readonly id: string;
  readonly managementAccountId: string;
  readonly root: string;
  readonly units: readonly {
    readonly id: string;
    readonly name: string;
    readonly parent: string;
  }[];
  readonly accounts: readonly MemberAccount[];
}

/** Reads `ESTATE/aws/organization.json`; null when it is not there. */
export function loadOrganization(estate: string): AwsOrganization | null {
  const file = path.join(estate, 'aws', 'organization.json');
  if (!existsSync(file)) return null;
  const content = readOptional(file);
  const managementAccountId = textAt(content, 'managementAccountId');
  if (!managementAccountId) throw new EstateError(`${file} has no managementAccountId.`);
  const root = textAt(content, 'root') ?? 'r-sand';
  const parent = (one: JsonObject): string => textAt(one, 'parent') ?? root;
  return {
    id: textAt(content, 'id') ?? 'o-sandbox000',
    managementAccountId,
    root,
    units: objectsAt(content, 'units').map((unit) => ({
      id: textAt(unit, 'id') ?? '',
      name: textAt(unit, 'name') ?? '',
      parent: parent(unit),
    })),
    accounts: objectsAt(content, 'accounts').map((account) => ({
      id: textAt(account, 'id') ?? '',
      name: textAt(account, 'name') ?? '',
      parent: parent(account),
      state: textAt(account, 'state') ?? 'ACTIVE',
    })),
  };
}

export const ORGANIZATIONS_TARGET = 'AWSOrganizationsV20161128';
const MAX_PAGE = 20;

/** The listings of AWS Organizations: https://docs.aws.amazon.com/organizations/latest/APIReference/ */
export class OrganizationsService {
  constructor(
    private readonly organization: AwsOrganization | null,
    private readonly callerAccount: string,
  ) {}

  run(operation: string, body: JsonObject): JsonObject {
    const organization = this.member();
    switch (operation) {
      case 'ListAccounts':
        checkParameters(body, PAGED);
        return this.accounts(organization.accounts, operation, body);
      case 'ListAccountsForParent': {
        checkParameters(body, { ParentId: 'string', ...PAGED }, ['ParentId']);
        const parent = this.parent(organization, body);
        const below = organization.accounts.filter((account) => account.parent === parent);
        return this.accounts(below, `${operation} ${parent}`, body);
      }
      case 'ListOrganizationalUnitsForParent': {
        checkParameters(body, { ParentId: 'string', ...PAGED }, ['ParentId']);
        const parent = this.parent(organization, body);
        const units = organization.units.filter((unit) => unit.parent === parent);
        const { page, next } = cut(units, `${operation} ${parent}`, body);
        const shown = page.map(({ id, name }) => {
          const arn = `arn:aws:organizations::${organization.managementAccountId}:ou/${organization.id}/${id}`;
          return { Id: id, Arn: arn, Name: name };
        });
        return { OrganizationalUnits: shown, ...next };
      }
      default:
        throw new AwsServiceError('UnknownOperationException', `Unknown operation ${operation}`);
    }
  }

  private member(): AwsOrganization {
    const { organization, callerAccount } = this;
    const allowed =
      organization?.managementAccountId === callerAccount ||
      organization?.accounts.some(({ id }) => id === callerAccount);
    if (organization === null || !allowed) {
      throw new AwsServiceError(
        'AWSOrganizationsNotInUseException',
        'Your account is not a member of an organization.',
      );
    }
    if (organization.managementAccountId !== callerAccount) {
      throw new AwsServiceError(
        'AccessDeniedException',
        "You don't have permissions to access this resource.",
      );
    }
    return organization;
  }

  private parent({ root, units }: AwsOrganization, body: JsonObject): string {
    const id = textAt(body, 'ParentId') ?? '';
    if (id === root || units.some((unit) => unit.id === id)) return id;
    throw new AwsServiceError(
      'ParentNotFoundException',
      "You specified a parent that doesn't exist.",
    );
  }

  private accounts(all: readonly MemberAccount[], request: string, body: JsonObject): JsonObject {
    const { id: organizationId = '', managementAccountId = '' } = this.organization ?? {};
    const { page, next } = cut(all, request, body);
    const shown = page.map(({ id, name, state }) => ({
      Id: id,
      Arn: `arn:aws:organizations::${managementAccountId}:account/${organizationId}/${id}`,
      Email: `aws+${id}@example.com`,
      Name: name,
      Status: state === 'CLOSED' ? 'SUSPENDED' : state,
      State: state,
      JoinedMethod: 'CREATED',
      JoinedTimestamp: 1767225600,
    }));
    return { Accounts: shown, ...next };
  }
}

const PAGED = { NextToken: 'string', MaxResults: 'integer' } as const;

function cut<T>(
  all: readonly T[],
  request: string,
  body: JsonObject,
): { page: readonly T[]; next: JsonObject } {
  const size = typeof body.MaxResults === 'number' ? body.MaxResults : MAX_PAGE;
  if (size < 1 || size > MAX_PAGE) {
    throw new AwsServiceError(
      'InvalidInputException',
      'You provided a value outside of its range.',
    );
  }
  const start = readPageToken(request, textAt(body, 'NextToken') ?? '');
  const end = start + size;
  const next = end < all.length ? { NextToken: makePageToken(request, end) } : {};
  return { page: all.slice(start, end), next };
}
