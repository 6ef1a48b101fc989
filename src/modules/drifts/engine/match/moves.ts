import { TextIndex } from '../../../../core/collections/index.js';
import type {
  ActualResource,
  DeclaredResource,
  JsonObject,
  JsonValue,
} from '../../../../core/providers/index.js';
import type { Finding } from '../findings.js';
import { isObject, read } from '../values.js';

/** Rule of an object that is another one under the same name. */
export const REPLACED = 'replaced-object';

/** Where the last scan found things: provider identifier by address. A `Map` is one. */
export interface PreviousPlaces extends Iterable<readonly [address: string, id: string]> {
  readonly size: number;
  has(address: string): boolean;
  get(address: string): string | undefined;
}

/**
 * Identifiers a provider draws by lot, in their shapes: `sg-0a1b…` (EC2), `AROA…` (IAM unique ids), UUIDs. Nothing else proves that
 * two objects are two: a name or a path can be given again.
 */
const DRAWN: readonly (readonly [shape: RegExp, kind: (id: string) => string])[] = [
  [/^[a-z]{1,12}-(?:[0-9a-f]{8}|[0-9a-f]{17})$/, (id) => id.slice(0, id.indexOf('-'))],
  [/^A[A-Z]{3}[A-Z0-9]{16,17}$/, (id) => id.slice(0, 4)],
  [/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, () => 'uuid'],
];

function drawn(
  id: JsonValue | undefined,
): { readonly id: string; readonly kind: string } | undefined {
  if (typeof id !== 'string') return undefined;
  for (const [shape, kind] of DRAWN) if (shape.test(id)) return { id, kind: kind(id) };
  return undefined;
}

/** `metadata` of a manifest, or of a state that keeps it as a block. */
function metadataOf(body: JsonObject): JsonObject {
  const metadata = read(body, 'metadata');
  const [first] = Array.isArray(metadata) ? metadata : [metadata];
  return isObject(first) ? first : {};
}

function finding(
  declared: DeclaredResource,
  facts: Pick<Finding, 'path' | 'change' | 'declared' | 'actual' | 'rule' | 'explanation'>,
): Finding {
  return {
    address: declared.address,
    actualPath: facts.path,
    verdict: 'confirmed',
    sensitive: false,
    security: null,
    ...facts,
  };
}

/** What a `moved` block or a rename in the code says of a resource; null when it says nothing. */
export function declaredMove(declared: DeclaredResource): Finding | null {
  const { address, previousAddress } = declared;
  if (previousAddress === null || previousAddress === address) return null;
  return finding(declared, {
    path: '',
    change: 'moved',
    declared: address,
    actual: previousAddress,
    rule: 'moved-block',
    explanation: `The code calls it ${address}; the state still has it as ${previousAddress}.`,
  });
}

/** `aws_s3_bucket` of `module.a["x.y"].aws_s3_bucket.logs[0]`; undefined where an address does not say. */
function terraformType(address: string): string | undefined {
  if (address.includes('/')) return undefined;
  return address
    .replace(/\[[^\]]*\]/g, '')
    .split('.')
    .at(-2);
}

/** Addresses of the last scan that the code does not have any more, by what they held. */
function abandonedPlaces(
  declared: readonly DeclaredResource[],
  previous: PreviousPlaces,
): ReadonlyMap<string, readonly string[]> {
  const addresses = new TextIndex();
  for (const { address } of declared) addresses.add(address);
  const places = new Map<string, string[]>();
  for (const [address, id] of previous) {
    if (addresses.has(address)) continue;
    const known = places.get(id.toLowerCase());
    if (known) known.push(address);
    else places.set(id.toLowerCase(), [address]);
  }
  return places;
}

/** Tells which addresses changed hands between two scans, and which objects between two looks. */
export class Moves {
  /** Built when the first resource asks whose address is new: nearly every scan meets none. */
  #abandoned: ReadonlyMap<string, readonly string[]> | undefined;

  constructor(
    private readonly declared: readonly DeclaredResource[],
    private readonly previous: PreviousPlaces,
  ) {}

  /** The same object under another address: by a `moved` block, or because its identity is known from before. */
  moved(declared: DeclaredResource, actual: ActualResource | undefined): Finding | null {
    const { address } = declared;
    const told = declaredMove(declared);
    if (told !== null) return told;
    if (this.previous.size === 0 || this.previous.has(address)) return null;
    const ids = [declared.id, actual?.id, ...(actual?.aliases ?? [])];
    for (const id of ids) {
      const [before, ...others] = this.left(declared, id);
      // A part has the id of what holds it: only one resource of the type can be meant.
      if (before === undefined || others.length > 0) continue;
      return finding(declared, {
        path: '',
        change: 'moved',
        declared: address,
        actual: before,
        rule: 'moved-identity',
        explanation: `The same object was ${before} in the last scan.`,
      });
    }
    return null;
  }

  /** Addresses of the same type the last scan found this id under and the code does not have any more. */
  private left({ type }: DeclaredResource, id: string | null | undefined): readonly string[] {
    this.#abandoned ??= abandonedPlaces(this.declared, this.previous);
    const all = id ? (this.#abandoned.get(id.toLowerCase()) ?? []) : [];
    return all.filter((address) => {
      const own = terraformType(address);
      return own === undefined || own === type;
    });
  }

  /** Another object under the same name: it was deleted and made anew behind the code's back. */
  replaced(declared: DeclaredResource, actual: ActualResource): Finding | null {
    // Nearly every pair; only Kubernetes gives the same id again.
    if (declared.id === actual.id && actual.format !== 'k8s-live')
      return this.createdLater(declared, actual);
    const { attributes } = declared;
    const known = [
      this.previous.get(declared.address),
      declared.id,
      read(attributes, 'id'),
      read(attributes, 'unique_id'),
      read(metadataOf(attributes), 'uid'),
    ];
    const { properties, aliases, id } = actual;
    const live = [id, ...aliases, read(properties, 'id'), read(metadataOf(properties), 'uid')];
    const found = live.map(drawn).filter((one) => one !== undefined);
    for (const one of known) {
      const own = drawn(one);
      if (own === undefined || live.includes(own.id)) continue;
      const other = found.find(({ kind }) => kind === own.kind);
      // What the code itself knows by now is no surprise: it replaced the object.
      if (other === undefined || known.slice(1).includes(other.id)) continue;
      return finding(declared, {
        path: 'id',
        change: 'modified',
        declared: own.id,
        actual: other.id,
        rule: REPLACED,
        explanation:
          'An object of the same name with another identity: it was deleted and made anew.',
      });
    }
    return this.createdLater(declared, actual);
  }

  /** The same name and no drawn identity, but the provider says that it was created after the one the state knows. */
  private createdLater(declared: DeclaredResource, actual: ActualResource): Finding | null {
    if (!declared.format.startsWith('terraform-state') || actual.format === 'k8s-live') return null;
    const before = creationOf(declared.attributes);
    const now = creationOf(actual.properties);
    if (before === undefined || now === undefined) return null;
    if (now.at - before.at < LATER) return null;
    return finding(declared, {
      path: before.key,
      change: 'modified',
      declared: before.value,
      actual: now.value,
      rule: REPLACED,
      explanation:
        'It was created after the object the state knows: that one was deleted and made anew under the same name.',
    });
  }
}

/** Two APIs round one moment differently, and one may take a while to note it. */
const LATER = 10 * 60_000;
const CREATION = /^(create|created|creation)_?(date|time|at|on|timestamp|date_?time)?$/i;

interface Creation {
  readonly key: string;
  readonly value: JsonValue;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** When an object was created, where its own fields say so; undefined when none or more than one does. */
function creationOf(body: JsonObject): Creation | undefined {
  const found = Object.entries(body).flatMap(([key, value]): Creation[] => {
    const at = CREATION.test(key) ? momentOf(value) : undefined;
    return at === undefined ? [] : [{ key, value: value ?? null, at }];
  });
  return found.length === 1 ? found[0] : undefined;
}

/** ISO 8601 with its zone, or seconds or milliseconds since 1970; undefined for anything else. */
function momentOf(value: JsonValue | undefined): number | undefined {
  if (typeof value === 'number')
    return value > 1e11 ? value : value > 1e9 ? value * 1000 : undefined;
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:?\d\d)$/.test(value))
    return undefined;
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : at;
}
