import { InventoryError } from '../../core/providers/index.js';
import type { InventoryConnection } from '../../core/providers/index.js';

/** What a connection asks to be read, checked. */
export interface AzureTarget {
  /** Azure Resource Manager, without a slash at the end. */
  readonly endpoint: string;
  /** In lower case; empty together with `managementGroups` means every subscription the identity sees. */
  readonly subscriptions: readonly string[];
  readonly managementGroups: readonly string[];
}

export const PUBLIC_ENDPOINT = 'https://management.azure.com';

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules#microsoftmanagement */
const MANAGEMENT_GROUP = /^[\w.()-]{1,90}$/;
const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** Throws an `InventoryError` that names the setting which cannot work. */
export function readTarget({ endpoint, credentials }: InventoryConnection): AzureTarget {
  return {
    endpoint: checkedUrl('endpoint', endpoint ?? PUBLIC_ENDPOINT),
    subscriptions: names('subscriptionId', credentials.subscriptionId, GUID, 'a GUID').map(
      (subscription) => subscription.toLowerCase(),
    ),
    managementGroups: names(
      'managementGroupId',
      credentials.managementGroupId,
      MANAGEMENT_GROUP,
      'the id of a management group',
    ),
  };
}

/** HTTPS, or plain HTTP on this machine: a token must not cross a network in clear. */
export function checkedUrl(setting: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.search || url.hash) {
    throw invalid(`The Azure ${setting} is not an http(s) address.`);
  }
  if (url.username || url.password) {
    throw invalid(`The Azure ${setting} holds a user name or password; leave them out.`);
  }
  if (url.protocol === 'http:' && !isLoopback(url)) {
    throw invalid(`The Azure ${setting} is plain HTTP: use https, the token would be readable.`);
  }
  return `${url.origin}${url.pathname}`.replace(/\/+$/, '');
}

export function isLoopback(url: URL): boolean {
  return LOOPBACK.test(url.hostname);
}

export function invalid(message: string): InventoryError {
  return new InventoryError('connection-invalid', 'azure', message);
}

function names(setting: string, text: string | undefined, pattern: RegExp, what: string): string[] {
  const given = [...new Set((text ?? '').split(/[\s,]+/).filter((name) => name !== ''))];
  const wrong = given.find((name) => !pattern.test(name));
  if (wrong !== undefined) throw invalid(`${setting}: ${wrong.slice(0, 100)} is not ${what}.`);
  return given;
}
