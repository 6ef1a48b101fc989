import { textAt, textsAt } from '../json.js';
import type { JsonObject } from '../json.js';

/** A role assignment of the caller: https://learn.microsoft.com/azure/role-based-access-control/role-definitions */
export interface Role {
  /** In lower case: a subscription, a resource group or a resource. */
  readonly scope: string;
  readonly actions: readonly string[];
  readonly notActions: readonly string[];
}

/** `scope` defaults to the subscription. */
export function parseRole(role: JsonObject, subscriptionId: string): Role {
  const scope = textAt(role, 'scope') ?? `/subscriptions/${subscriptionId}`;
  return {
    scope: scope.toLowerCase(),
    actions: textsAt(role, 'actions'),
    notActions: textsAt(role, 'notActions'),
  };
}

/** Whether the caller sees a resource; Resource Graph leaves the others out without a word. */
export function mayRead(roles: readonly Role[], row: JsonObject): boolean {
  const id = `${(textAt(row, 'id') ?? '').toLowerCase()}/`;
  const action = `${textAt(row, 'type') ?? ''}/read`;
  const fits = (patterns: readonly string[]): boolean =>
    patterns.some((pattern) => matches(pattern, action));
  return roles.some(
    ({ scope, actions, notActions }) =>
      id.startsWith(`${scope}/`) && fits(actions) && !fits(notActions),
  );
}

function matches(pattern: string, action: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.\\+?^${}()|[\]]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'i').test(action);
}
