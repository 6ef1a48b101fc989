import type {
  ActualResource,
  DeclaredResource,
  JsonObject,
  ResourceScope,
} from '../../../core/providers/index.js';
import { resourcesInElement } from '../../iac/index.js';
import type { ActualBody, Bodies } from './kept-resources.js';
import { KeptActual, KeptDeclared } from './kept-resources.js';
import { BodyCache } from './body-cache.js';
import type { SpillFile } from './spill-file.js';

/** Characters of JSON; parsed they take three to five times as much. */
const CACHE_CHARACTERS = 8 * 1024 * 1024;

const NONE: readonly never[] = Object.freeze([]);

/** Facts that thousands of resources share, once each. */
class SharedFacts {
  readonly #scopes = new Map<string, ResourceScope>();
  readonly #texts = new Map<string, string>();

  scope(scope: ResourceScope): ResourceScope {
    const key = JSON.stringify([scope.accountId, scope.region, scope.namespace]);
    const known = this.#scopes.get(key) ?? scope;
    this.#scopes.set(key, known);
    return known;
  }

  text(text: string): string {
    const known = this.#texts.get(text) ?? text;
    this.#texts.set(known, known);
    return known;
  }

  list(list: readonly string[]): readonly string[] {
    return list.length === 0 ? NONE : list;
  }
}

/** Keeps the bodies of a scan's resources out of memory, so that memory follows their number and not their size. */
export class ScanBodies {
  readonly #attributes: StoredJson<JsonObject>;
  readonly #live: StoredJson<ActualBody>;
  readonly #elements: StoredElements;
  readonly #shared = new SharedFacts();

  constructor(
    private readonly file: SpillFile,
    private readonly hash: (text: string) => string,
  ) {
    this.#attributes = new StoredJson(file);
    this.#live = new StoredJson(file);
    this.#elements = new StoredElements(file);
  }

  /** Bodies that somebody asked for and that had to be parsed for it. */
  get parsings(): number {
    return this.#attributes.parsed + this.#live.parsed + this.#elements.parsed;
  }

  /** A resource of the source, under the address it has there. */
  declared(resource: DeclaredResource, sourceId: string): DeclaredResource {
    const kept = resource instanceof KeptDeclared ? resource : this.parsed(resource, null);
    if (kept === null) return resource;
    kept.stamp = this.hash(JSON.stringify([sourceId, declaredFacts(kept)])) + kept.digest;
    return kept;
  }

  /** A resource whose attributes were just parsed; null when they cannot be kept outside of memory. */
  parsed(resource: DeclaredResource, matchKeys: readonly string[] | null): KeptDeclared | null {
    const { attributes } = resource;
    const text = asText(attributes);
    if (text === null) return null;
    const handle = this.#attributes.put(attributes, text);
    const digest = this.hash(text);
    return new KeptDeclared(this.#lean(resource), digest, matchKeys, this.#attributes, handle);
  }

  actual(resource: ActualResource): ActualResource {
    const { properties, companions, ...facts } = resource;
    const body = { properties, companions };
    const text = asText(body);
    if (text === null) return resource;
    const handle = this.#live.put(body, text);
    const stamp = this.hash(JSON.stringify(actualFacts(facts))) + this.hash(text);
    const lean = {
      ...facts,
      type: this.#shared.text(facts.type),
      scope: this.#shared.scope(facts.scope),
      aliases: this.#shared.list(facts.aliases),
    };
    return new KeptActual(lean, stamp, this.#live, handle);
  }

  /** Resources of one element of a state that was parsed before, from its raw bytes. */
  element(
    bytes: Uint8Array,
    resources: readonly (Omit<DeclaredResource, 'attributes'> &
      Pick<KeptDeclared, 'digest' | 'matchKeys'>)[],
  ): KeptDeclared[] {
    const bodies = this.#elements.at(this.file.append(bytes));
    return resources.map(
      (facts, position) =>
        new KeptDeclared(this.#lean(facts), facts.digest, facts.matchKeys, bodies, position),
    );
  }

  #lean(facts: Omit<DeclaredResource, 'attributes'>): Omit<DeclaredResource, 'attributes'> {
    const { address, format, provider, id, name, previousAddress, location, contentHash } = facts;
    const shared = this.#shared;
    return {
      address,
      type: shared.text(facts.type),
      format,
      provider,
      id,
      name: name === id ? id : name,
      sensitivePaths: shared.list(facts.sensitivePaths),
      unresolvedPaths: shared.list(facts.unresolvedPaths),
      ignoredPaths: shared.list(facts.ignoredPaths),
      previousAddress,
      scope: shared.scope(facts.scope),
      location,
      contentHash,
    };
  }
}

/** Everything a comparison may ask beside the attributes; not where it stands in the file. */
function declaredFacts(resource: DeclaredResource): unknown[] {
  const { address, type, format, provider, id, name, previousAddress, scope } = resource;
  const { sensitivePaths, unresolvedPaths, ignoredPaths } = resource;
  const { accountId, region, namespace } = scope;
  return [
    [address, type, format, provider, id, name, previousAddress],
    [accountId, region, namespace],
    [sensitivePaths, unresolvedPaths, ignoredPaths],
  ];
}

/** Everything but when it was recorded. */
function actualFacts(facts: Omit<ActualResource, 'properties' | 'companions'>): unknown {
  const { capturedAt: _, contentHash: __, ...rest } = facts;
  return rest;
}

/** Null for what is nested too deeply to be written: such a resource stays in memory as it is. */
function asText(body: object): string | null {
  try {
    return JSON.stringify(body);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

class StoredJson<T extends object> implements Bodies<T> {
  readonly #cache = new BodyCache<T>(CACHE_CHARACTERS);
  parsed = 0;

  constructor(private readonly file: SpillFile) {}

  /** What was just read will be asked for at once, to find out what it is. */
  put(body: T, text: string): number {
    const handle = this.file.append(text);
    this.#cache.put(handle, body, text.length);
    return handle;
  }

  read(handle: number): T {
    return this.#cache.get(handle, () => {
      this.parsed += 1;
      const text = this.file.text(handle);
      return [JSON.parse(text) as T, text.length];
    });
  }
}

/** Elements hold several resources: one parsing serves them all. */
class StoredElements {
  readonly #cache = new BodyCache<readonly DeclaredResource[]>(CACHE_CHARACTERS);
  parsed = 0;

  constructor(private readonly file: SpillFile) {}

  at(handle: number): Bodies<JsonObject> {
    return {
      read: (position) => {
        const resources = this.#cache.get(handle, () => {
          this.parsed += 1;
          const bytes = this.file.read(handle);
          return [resourcesInElement(bytes), bytes.length];
        });
        return resources[position]?.attributes ?? {};
      },
    };
  }
}
