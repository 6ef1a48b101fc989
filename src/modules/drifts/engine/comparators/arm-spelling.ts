import type { JsonValue } from '../../../../core/providers/index.js';
import type { Comparator } from '../comparator.js';

/** A code word, or several joined by `|` or commas: what ARM enums and flags look like. Free text has spaces. */
const CODE_WORD = /^[A-Za-z%][\w%.-]*(?:(?:\||, ?)[A-Za-z%][\w%.-]*)*$/;

const REGION = /(^|[a-z])location$/i;

/** Values a user chose freely: there upper and lower case are different. */
const FREE =
  /(^|\.)(tags|appsettings|environmentvariables|metadata|secrets)(\.|\[|$)|(user(name)?|password|key|value|secret)$/i;

function isResourceId(value: string): boolean {
  return value.toLowerCase().startsWith('/subscriptions/') || value.startsWith('/providers/');
}

function strip(value: string): string {
  return value.toLowerCase().replaceAll(' ', '');
}

function text(value: JsonValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/**
 * Azure Resource Manager compares resource ids, resource names, region names and enum values without regard to case, and
 * answers in a case of its own (F16, F17). Source: Azure Resource Manager documentation, "resource IDs are case-insensitive";
 * Azure REST API guidelines, "treat enum values as case-insensitive". A region may be written by name or by display name.
 */
export const armSpelling: Comparator = {
  name: 'arm-spelling',
  rule(declared, actual, { path, key, pair }) {
    const left = text(declared);
    const right = text(actual);
    if (left === undefined || right === undefined || strip(left) !== strip(right)) return undefined;
    const azure =
      pair.actual.format === 'azure-resource-graph' || pair.declared.provider === 'azure';
    if (!azure) return undefined;
    if (isResourceId(left))
      return { kind: 'same', why: 'Azure resource ids are case-insensitive.' };
    if (REGION.test(key))
      return { kind: 'same', why: 'The same Azure region, by name and by display name.' };
    if (path === 'name') return { kind: 'same', why: 'Azure resource names are case-insensitive.' };
    if (FREE.test(path) || !CODE_WORD.test(left) || !CODE_WORD.test(right)) return undefined;
    return { kind: 'same', why: 'Azure answers enum values in a case of its own.' };
  },
};
