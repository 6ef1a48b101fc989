import type { JsonValue } from '../../../../core/providers/index.js';

/** Why a value cannot be known from the template; each is a notice `CFN.<code>`. */
export type UnresolvedCode =
  | 'UNRESOLVED_REFERENCE'
  | 'UNRESOLVED_ATTRIBUTE'
  | 'UNRESOLVED_IMPORT'
  | 'UNRESOLVED_PARAMETER'
  | 'UNRESOLVED_CONDITION'
  | 'UNRESOLVED_DYNAMIC_REFERENCE'
  | 'UNRESOLVED_FUNCTION'
  | 'INVALID_FUNCTION';

export interface Reason {
  readonly code: UnresolvedCode;
  /** What is missing, for people: `!GetAtt Queue.Arn`. */
  readonly what: string;
}

export interface Known {
  readonly kind: 'value';
  readonly value: JsonValue;
  readonly sensitive: boolean;
}

export interface Unresolved {
  readonly kind: 'unresolved';
  readonly reason: Reason;
  readonly sensitive: boolean;
}

/** What an expression comes to. `no-value` is `AWS::NoValue`: the property is not declared at all. */
export type Outcome = Known | Unresolved | { readonly kind: 'no-value' };

/** Longer texts are no properties; a template could otherwise multiply itself beyond memory. */
export const MAX_TEXT = 4 * 1024 * 1024;

export const NO_VALUE: Outcome = { kind: 'no-value' };

export function known(value: JsonValue, sensitive = false): Known {
  return { kind: 'value', value, sensitive };
}

export function unresolved(code: UnresolvedCode, what: string, sensitive = false): Unresolved {
  return { kind: 'unresolved', reason: { code, what }, sensitive };
}

export function invalid(what: string): Unresolved {
  return unresolved('INVALID_FUNCTION', what);
}

/** What functions ask of the template around them. */
export interface EvaluationScope {
  /** The whole value of an argument; unresolved when any part of it is. */
  evaluate(node: JsonValue): Outcome;
  /** `Ref`: parameter, pseudo parameter or resource. */
  reference(name: string): Outcome;
  /** `Fn::GetAtt`. */
  attribute(logicalId: string, attribute: string): Outcome;
  /** A named condition; null when it cannot be known. */
  condition(name: string): boolean | null;
  /** `Fn::FindInMap`; undefined when there is no such entry. */
  mapping(map: string, first: string, second: string): JsonValue | undefined;
}

/** CloudFormation treats every scalar as text. */
export function asText(value: JsonValue): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}
