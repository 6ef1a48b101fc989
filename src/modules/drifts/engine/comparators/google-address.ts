import type { Comparator } from '../comparator.js';
import { isGoogleResource } from './google-link.js';

const ADDRESS = /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]*:[0-9a-f:.]+)$/i;

/**
 * A reserved address by the resource that holds it, where the API answers the address itself (Compute REST reference,
 * ForwardingRule.IPAddress): which address that resource has was not read.
 */
export const googleAddress: Comparator = {
  name: 'google-address',
  rule(declared, actual, { pair }) {
    if (pair.actual.format !== 'gcp-cai') return undefined;
    if (typeof declared !== 'string' || typeof actual !== 'string' || !ADDRESS.test(actual))
      return undefined;
    if (!isGoogleResource(declared) || !/\/addresses\/[^/]+$/.test(declared)) return undefined;
    return {
      kind: 'unverifiable',
      why: 'The code names the resource that holds the address, the API says the address itself.',
    };
  },
};
