import type { JsonValue } from '../../../../core/providers/index.js';
import type { Comparator } from '../comparator.js';
import type { Field } from '../field.js';
import { applierOfPair, ownerNames } from '../lenses/kubernetes/field-managers.js';
import { isKubernetes } from '../lenses/kubernetes/pair.js';
import { isObject, read } from '../values.js';

type Bookkeeping = Readonly<Record<'annotations' | 'labels' | 'finalizers', JsonValue>>;

function listFor(field: Field, sort: keyof Bookkeeping): readonly string[] {
  const shelf = field.pair.knowledge.load('kubernetes/bookkeeping');
  const list = shelf ? read(shelf, sort) : undefined;
  return Array.isArray(list) ? list.filter((entry) => typeof entry === 'string') : [];
}

/** Entries ending in `/` or `-` stand for every key that starts so. */
function isListed(list: readonly string[], key: string): boolean {
  return list.some((entry) => (/[/-]$/.test(entry) ? key.startsWith(entry) : entry === key));
}

function sortOf(field: Field): 'annotations' | 'labels' | undefined {
  const map = /(?:^|\.)metadata\.(annotations|labels)(?:\.[^.]+|\["[^"]*"\])$/.exec(
    field.path,
  )?.[1];
  return map === 'annotations' || map === 'labels' ? map : undefined;
}

/** Labels a deployment tool puts on everything it applies, to find it again; only its own hand makes them that. */
function isTracking(field: Field): boolean {
  const shelf = field.pair.knowledge.load('kubernetes/bookkeeping');
  const tracking = shelf ? read(shelf, 'tracking') : undefined;
  const listed = isObject(tracking) ? read(tracking, field.key) : undefined;
  if (!Array.isArray(listed)) return false;
  const tools = listed.filter((tool) => typeof tool === 'string');
  const owners = ownerNames(field);
  const applier = applierOfPair(field.pair)?.name;
  return (
    owners.some((owner) => tools.some((tool) => owner.startsWith(tool))) ||
    (owners.length === 0 && applier !== undefined && tools.some((tool) => applier.startsWith(tool)))
  );
}

/** Labels the Job controller copies from the Job itself: right only when they name it (batch/v1, Job). */
function isJobLabel(field: Field, value: JsonValue): boolean {
  const metadata = read(field.pair.actual.properties, 'metadata');
  if (read(field.pair.actual.properties, 'kind') !== 'Job' || !isObject(metadata)) return false;
  if (/(^|\/)controller-uid$/.test(field.key)) {
    const uid = read(metadata, 'uid');
    return uid === undefined || uid === value;
  }
  return /(^|\/)job-name$/.test(field.key) && read(metadata, 'name') === value;
}

/** `<account>-token-x7k2p`, as the token controller and OpenShift's registry name them. */
function isTokenReference(field: Field, value: JsonValue): boolean {
  const live = field.pair.actual.properties;
  const metadata = read(live, 'metadata');
  const account = isObject(metadata) ? read(metadata, 'name') : undefined;
  if (!/^secrets\b/.test(field.path) || read(live, 'kind') !== 'ServiceAccount') return false;
  const name = isObject(value) ? read(value, 'name') : undefined;
  if (typeof account !== 'string' || typeof name !== 'string') return false;
  return (
    name.startsWith(account) && /^-(token|dockercfg)-[a-z0-9]{5}$/.test(name.slice(account.length))
  );
}

/**
 * Annotations, labels and finalizers that controllers and deployment tools keep their books in (F52). Only keys the
 * manifest does not mention; a declared one is compared.
 */
export const controllerBookkeeping: Comparator = {
  name: 'controller-bookkeeping',
  rule(declared, actual, field) {
    if (!isKubernetes(field) || declared !== undefined || actual === undefined) return undefined;
    const sort = sortOf(field);
    if (isTokenReference(field, actual)) {
      return { kind: 'same', why: 'The token controller keeps the secrets of a ServiceAccount.' };
    }
    const finalizer = /(?:^|\.)finalizers(?:\[|$)/.test(field.path) && typeof actual === 'string';
    const known =
      (sort !== undefined && isListed(listFor(field, sort), field.key)) ||
      (sort === 'labels' && (isJobLabel(field, actual ?? null) || isTracking(field))) ||
      (finalizer && isListed(listFor(field, 'finalizers'), actual));
    if (!known) return undefined;
    const what = finalizer ? actual : field.key;
    return { kind: 'same', why: `Controllers and deployment tools keep ${what} for themselves.` };
  },
};
