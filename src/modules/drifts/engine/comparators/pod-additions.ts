import type { Comparator } from '../comparator.js';
import { appendPath } from '../place.js';
import { injectedSidecar } from './injected-sidecar.js';
import { podAdmission } from './pod-admission.js';

const SOURCES = [injectedSidecar, podAdmission];

/** A list the manifest leaves out, to which several of those added that add to pods by right (F49). */
export const podAdditions: Comparator = {
  name: 'pod-additions',
  rule(declared, actual, field) {
    if (declared !== undefined || !Array.isArray(actual) || actual.length < 2) return undefined;
    const isExpected = actual.every((element, index) => {
      const one = { ...field, path: appendPath(field.path, index) };
      return SOURCES.some(({ rule }) => rule(undefined, element, one)?.kind === 'expected');
    });
    if (!isExpected) return undefined;
    return { kind: 'expected', why: 'Admission and known injectors add each of these to pods.' };
  },
};
