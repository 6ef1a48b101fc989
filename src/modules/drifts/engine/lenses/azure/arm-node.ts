import type { JsonObject } from '../../../../../core/providers/index.js';
import type { FieldFacts } from '../../field.js';
import type { LensNode, Reading, UndeclaredField } from '../../lens.js';
import { read } from '../../values.js';

/** What Resource Graph adds to every row (Azure Resource Graph: table schema), and what ARM maintains by itself. */
const ENVELOPE = new Set(
  [
    'id',
    'name',
    'type',
    'tenantId',
    'subscriptionId',
    'resourceGroup',
    'etag',
    'systemData',
    'managedBy',
    'kind',
    'location',
  ].map((key) => key.toLowerCase()),
);

/** State a service reports about itself; no request body sets it (ARM resource provider contract). */
const REPORTED =
  /^(provisioning|operational|power|health)?(state|status)$|^(created|changed|modified|lastmodified|creation|provisioning)\w*(time|at|date|timestamp|utc)$|^(etag|resourceguid|uniqueid)$/i;

/** Values ARM accepts and never returns (ARM API reviews: secrets are write-only). */
const SECRET =
  /(password|passphrase|secret|privatekey|accesskey|sastoken|connectionstring|customdata|commandtoexecute|protectedsettings|sharedkey|pfxblob|pfx)$/i;

function factsOf(path: readonly string[]): FieldFacts {
  const key = path.at(-1) ?? '';
  const parent = path.at(-2) ?? '';
  if (path.length === 1 && key === 'tags') return { extras: 'potential', kind: 'tags' };
  if (parent === 'tags' && path.length === 2) {
    return key.startsWith('hidden-') ? { extras: 'ignored' } : { extras: 'potential' };
  }
  if (path.length === 1 && ENVELOPE.has(key.toLowerCase()))
    return key.toLowerCase() === 'name' || key.toLowerCase() === 'location'
      ? { extras: 'ignored' }
      : { readOnly: true };
  if (REPORTED.test(key)) return { readOnly: true };
  if (SECRET.test(key)) return { sensitive: true, absence: 'unreadable' };
  return { extras: 'unknown' };
}

/** One position in an ARM resource. Property names are matched without regard to case, as ARM does. */
export class ArmNode implements LensNode {
  readonly sameShape = true;
  readonly facts: FieldFacts;

  constructor(
    private readonly path: readonly string[],
    facts?: FieldFacts,
  ) {
    this.facts = facts ?? factsOf(path);
  }

  child(key: string, _declared: JsonObject, actual: JsonObject): Reading {
    const exact = Object.hasOwn(actual, key);
    const found = exact
      ? key
      : (Object.keys(actual).find((candidate) => candidate.toLowerCase() === key.toLowerCase()) ??
        key);
    return {
      kind: 'value',
      value: read(actual, found),
      node: new ArmNode([...this.path, key]),
      segments: [found],
      claims: [found],
    };
  }

  element(): LensNode {
    return new ArmNode([...this.path, '*'], { extras: 'confirmed' });
  }

  *undeclared(actual: JsonObject, claimed: ReadonlySet<string>): Iterable<UndeclaredField> {
    for (const key of Object.keys(actual)) {
      const value = read(actual, key);
      if (claimed.has(key) || value === undefined) continue;
      yield { key, actualKey: key, value, node: new ArmNode([...this.path, key]) };
    }
  }
}
