import type { FieldFacts } from '../../field.js';

/** What Resource Graph adds to every row (Azure Resource Graph: table schema), and what ARM maintains by itself. */
const ENVELOPE = new Set(
  ['id', 'type', 'tenantId', 'subscriptionId', 'resourceGroup', 'etag', 'systemData'].map((key) =>
    key.toLowerCase(),
  ),
);

/** Parts of the envelope that code may set; silence says nothing about them. */
const SETTABLE = new Set(['name', 'location', 'kind', 'managedby']);

/** State a service reports about itself; no request body sets it (ARM resource provider contract). */
const REPORTED =
  /^(provisioning|operational|power|health)?(state|status)$|^(created|changed|modified|lastmodified|creation|provisioning)\w*(time|at|date|timestamp|utc)$|^(etag|resourceguid|uniqueid)$/i;

/** Values ARM accepts and never returns (ARM API reviews: secrets are write-only). */
const SECRET =
  /(password|passphrase|secret|privatekey|accesskey|token|connectionstring|customdata|commandtoexecute|protectedsettings|sharedkey|pfxblob|pfx|securevalue|authproperties)$/i;

/** Also in Terraform's spelling: `admin_password`. */
export function isSecretName(name: string): boolean {
  return SECRET.test(name.replaceAll('_', ''));
}

/** The key pair inside a certificate of a gateway ("Only applicable in PUT Request", Microsoft.Network reference). */
function isCertificateBody(path: readonly string[]): boolean {
  return path.at(-1) === 'data' && path.some((key) => /certificates$/i.test(key));
}

/** What the place of a property in an ARM resource says about it. */
export function factsOfPlace(path: readonly string[]): FieldFacts {
  const key = path.at(-1) ?? '';
  const parent = path.at(-2) ?? '';
  if (path.length === 1 && key === 'tags') return { extras: 'potential', kind: 'tags' };
  if (parent === 'tags' && path.length === 2) {
    return key.startsWith('hidden-') ? { extras: 'ignored' } : { extras: 'potential' };
  }
  if (path.length === 1 && SETTABLE.has(key.toLowerCase())) return { extras: 'ignored' };
  if (path.length === 1 && ENVELOPE.has(key.toLowerCase())) return { readOnly: true };
  if (REPORTED.test(key)) return { readOnly: true };
  if (SECRET.test(key) || isCertificateBody(path))
    return { sensitive: true, absence: 'unreadable' };
  return { extras: 'unknown' };
}
