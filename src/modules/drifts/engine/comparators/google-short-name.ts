import type { Comparator } from '../comparator.js';

/** `name@project.iam.gserviceaccount.com` (IAM documentation, "Service accounts overview"). */
const ACCOUNT = /^([a-z0-9-]+)@([a-z0-9.:-]+)\.iam\.gserviceaccount\.com$/;
/** `project:region:instance` (Cloud SQL documentation, "Instance connection name"). */
const CONNECTION = /^((?:[a-z0-9.-]+:)?[a-z0-9-]+):[a-z]+-[a-z0-9-]+:([a-z0-9-]+)$/;

/** Name and project a full name holds; undefined for any other text. */
function partsOf(text: string): { name: string; project: string } | undefined {
  const [, account, home] = ACCOUNT.exec(text) ?? [];
  if (account !== undefined && home !== undefined) return { name: account, project: home };
  const [, project, instance] = CONNECTION.exec(text) ?? [];
  return project !== undefined && instance !== undefined ? { name: instance, project } : undefined;
}

/** A service account or a database instance by name, where the API says the full name: the same within one project. */
export const googleShortName: Comparator = {
  name: 'google-short-name',
  rule(declared, actual, { pair }) {
    if (pair.actual.format !== 'gcp-cai') return undefined;
    if (typeof declared !== 'string' || typeof actual !== 'string') return undefined;
    if (!/^[a-z0-9-]+$/.test(declared)) return undefined;
    const parts = partsOf(actual);
    if (parts?.name !== declared) return undefined;
    const own = pair.declared.attributes.project ?? /\/projects\/([^/]+)/.exec(pair.actual.id)?.[1];
    if (typeof own === 'string' && own !== parts.project && !/^\d+$/.test(own)) return undefined;
    return { kind: 'same', why: 'The same name, alone and with the project it is in.' };
  },
};
