import type { AzureApi } from './azure.api.js';
import { readFailure } from './azure.errors.js';

interface Permission {
  readonly actions: readonly RegExp[];
  readonly notActions: readonly RegExp[];
  /** Types of the notActions, in lower case. */
  readonly takenBack: readonly string[];
}

/**
 * What the identity may read in a whole subscription. Resource Graph leaves out without a word what the caller may not read, so
 * only a right at the subscription itself, not at some of its groups, makes a listing complete.
 */
export class SubscriptionAccess {
  private constructor(
    private readonly permissions: readonly Permission[],
    private readonly unknown: string | null,
  ) {}

  /** `unknown`: why the permissions could not be read. */
  static of(permissions: readonly unknown[], unknown: string | null = null): SubscriptionAccess {
    return new SubscriptionAccess(permissions.map(readPermission), unknown);
  }

  /** Null when every resource of a type (lower case) is visible, otherwise why that is not sure. */
  gap(type: string): string | null {
    if (this.unknown !== null) return this.unknown;
    const action = `${type}/read`;
    const allowed = this.permissions.some(
      ({ actions, notActions }) =>
        actions.some((pattern) => pattern.test(action)) &&
        !notActions.some((pattern) => pattern.test(action)),
    );
    return allowed
      ? null
      : `the identity may not read ${type} in the whole subscription; what it may not see is left out (assign Reader at the subscription)`;
  }

  /**
   * Types (lower case, may hold `*`) its roles do not reach: what they take back, or `*` where they grant single types only. Resource
   * Graph does not show whether there is anything of them.
   */
  get unread(): readonly string[] {
    const wide = this.permissions.filter(({ actions }) =>
      actions.some((pattern) => pattern.test('*/read')),
    );
    if (wide.length === 0) return ['*'];
    const taken = wide.flatMap(({ takenBack }) => takenBack);
    return [...new Set(taken)].filter((type) => this.gap(type) !== null);
  }

  /** False when its permissions could not be read. */
  get isKnown(): boolean {
    return this.unknown === null;
  }

  /** It holds no right at the subscription itself. */
  get none(): boolean {
    return this.unknown === null && this.permissions.length === 0;
  }
}

/**
 * Never throws but for the abort of the scan. The call is open to everyone who may sign in; at the scope of a subscription it is
 * the one the portal makes (https://github.com/Azure/azure-rest-api-specs/issues/19473).
 */
export async function findAccess(
  api: AzureApi,
  subscription: string,
  signal: AbortSignal,
): Promise<SubscriptionAccess> {
  try {
    const path = `/subscriptions/${subscription}/providers/Microsoft.Authorization/permissions`;
    const answer = await api.get(path, '2022-04-01');
    const { value } = (answer ?? {}) as { value?: unknown };
    return SubscriptionAccess.of(Array.isArray(value) ? value : []);
  } catch (error) {
    signal.throwIfAborted();
    const failure = readFailure(error, 'Microsoft.Authorization/permissions');
    if (failure.status === 'denied') return SubscriptionAccess.of([]);
    return SubscriptionAccess.of([], `its permissions are not known: ${failure.message}`);
  }
}

const READ = /^(.+)\/(?:read|\*)$/;

function readPermission(value: unknown): Permission {
  const { actions, notActions } = (value ?? {}) as { actions?: unknown; notActions?: unknown };
  const takenBack = texts(notActions).flatMap(
    (action) => READ.exec(action.toLowerCase())?.[1] ?? [],
  );
  return { actions: patterns(actions), notActions: patterns(notActions), takenBack };
}

/** https://learn.microsoft.com/azure/role-based-access-control/role-definitions#wildcard-permissions */
function patterns(actions: unknown): RegExp[] {
  return texts(actions).map((text) => {
    const escaped = text.split('*').map((part) => part.replace(/[^\w/-]/g, '\\$&'));
    return new RegExp(`^${escaped.join('.*')}$`, 'i');
  });
}

function texts(values: unknown): string[] {
  return Array.isArray(values) ? values.filter((text) => typeof text === 'string') : [];
}
