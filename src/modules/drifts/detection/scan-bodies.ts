import type {
  ActualResource,
  DeclaredResource,
  JsonObject,
  RawReader,
} from '../../../core/providers/index.js';
import { resourcesInElement } from '../../iac/index.js';
import { BodyCache } from './body-cache.js';
import type {
  ActualBody,
  ActualFacts,
  BodyPlace,
  DeclaredFacts,
  KeptRow,
  ShelvedDeclaredFacts,
} from './kept-resources.js';
import { KeptDeclared, ShelvedDeclared } from './kept-resources.js';
import { ShelvedActual, type ShelvedActualFacts } from './shelved-actual.js';
import type { SpillFile } from './spill-file.js';
import { StoredFacts } from './stored-facts.js';

/** Characters of JSON; parsed they take three to five times as much. */
const CACHE_CHARACTERS = 2 * 1024 * 1024;
const ALONE = -1;

/**
 * Keeps a scan's resources out of memory, so that memory follows their number and not their size: of each one its type and where
 * it is are in memory, about fifty bytes.
 */
export class ScanBodies {
  readonly #attributes: StoredJson<JsonObject>;
  readonly #live: StoredJson<ActualBody>;
  readonly #elements: StoredElements;
  readonly #declaredFacts: StoredFacts<ShelvedDeclaredFacts>;
  readonly #actualFacts: StoredFacts<ShelvedActualFacts>;
  /** Each type once, however many resources have it. */
  readonly #types = new Map<string, string>();
  #readRow: RawReader | undefined;
  /** Sources of what cannot be put away. */
  readonly #sources = new Map<DeclaredResource, string>();

  constructor(
    private readonly file: SpillFile,
    private readonly hash: (text: string) => string,
  ) {
    this.#attributes = new StoredJson(file);
    this.#live = new StoredJson(file);
    this.#elements = new StoredElements(file);
    this.#declaredFacts = new StoredFacts(file);
    this.#actualFacts = new StoredFacts(file);
  }

  /** Bodies that somebody asked for and that had to be parsed for it. */
  get parsings(): number {
    return this.#attributes.parsed + this.#live.parsed + this.#elements.parsed;
  }

  /** A resource of the source, under the address it has there. */
  declared(resource: DeclaredResource, sourceId: string): DeclaredResource {
    const kept = resource instanceof KeptDeclared ? resource : this.parsed(resource, null);
    if (kept === null) {
      this.#sources.set(resource, sourceId);
      return resource;
    }
    const { digest, matchKeys, place } = kept;
    const stamp = this.hash(JSON.stringify([sourceId, stampedFacts(kept)])) + digest;
    const { type, ...facts } = factsOf(kept);
    const handle = this.#declaredFacts.put({ ...facts, sourceId, stamp, matchKeys, place });
    return new ShelvedDeclared(this.#type(type), this.#declaredShelf, handle);
  }

  /** The source a resource of `declared` came from. */
  sourceOf(resource: DeclaredResource): string {
    const id =
      resource instanceof ShelvedDeclared ? resource.sourceId : this.#sources.get(resource);
    if (id === undefined) throw new Error(`${resource.address} came from no source`);
    return id;
  }

  /** A resource whose attributes were just parsed; null when they cannot be kept outside of memory. */
  parsed(resource: DeclaredResource, matchKeys: readonly string[] | null): KeptDeclared | null {
    const { attributes } = resource;
    const text = asText(attributes);
    if (text === null) return null;
    const place = { handle: this.#attributes.put(attributes, text), position: ALONE };
    return new KeptDeclared(
      factsOf(resource),
      this.hash(text),
      matchKeys,
      place,
      this.#attributesAt,
    );
  }

  /** @param matchKeys as the engine answers them, where they are known; null where it is to find out */
  actual(resource: ActualResource, matchKeys: readonly string[] | null = null): ActualResource {
    const { properties, companions, ...all } = resource;
    const body = { properties, companions };
    const text = asText(body);
    if (text === null) return resource;
    const stamp = this.hash(JSON.stringify(actualFacts(all))) + this.hash(text);
    const place = { body: this.#live.put(body, text), raw: false };
    return this.#shelved(all, { stamp, matchKeys, ...place });
  }

  /** A live resource in a raw text that was read before; `read` reads it again if somebody asks for more than its facts. */
  row(raw: string, { stamp, matchKeys, ...facts }: KeptRow, read: RawReader): ActualResource {
    this.#readRow = read;
    return this.#shelved(facts, { stamp, matchKeys, body: this.file.append(raw), raw: true });
  }

  #shelved(
    { type, ...facts }: ActualFacts,
    place: Pick<ShelvedActualFacts, 'stamp' | 'matchKeys' | 'body' | 'raw'>,
  ): ActualResource {
    const handle = this.#actualFacts.put({ ...facts, ...place });
    return new ShelvedActual(this.#type(type), this.#actualShelf, handle);
  }

  /** Resources of one element of a state that was parsed before, from its raw bytes. */
  element(
    bytes: Uint8Array,
    resources: readonly (DeclaredFacts & Pick<KeptDeclared, 'digest' | 'matchKeys'>)[],
  ): KeptDeclared[] {
    const handle = this.file.append(bytes);
    return resources.map(
      (facts, position) =>
        new KeptDeclared(
          facts,
          facts.digest,
          facts.matchKeys,
          { handle, position },
          this.#attributesAt,
        ),
    );
  }

  readonly #attributesAt = ({ handle, position }: BodyPlace): JsonObject =>
    position === ALONE ? this.#attributes.read(handle) : this.#elements.read(handle, position);

  readonly #declaredShelf = {
    facts: (handle: number) => this.#declaredFacts.read(handle),
    attributes: this.#attributesAt,
  };

  readonly #actualShelf = {
    facts: (handle: number) => this.#actualFacts.read(handle),
    body: ({ body, raw }: ShelvedActualFacts) =>
      this.#live.read(body, raw ? this.#readRow : undefined),
  };

  #type(type: string): string {
    const known = this.#types.get(type);
    if (known !== undefined) return known;
    this.#types.set(type, type);
    return type;
  }
}

function factsOf(resource: DeclaredResource): DeclaredFacts {
  return {
    address: resource.address,
    type: resource.type,
    format: resource.format,
    provider: resource.provider,
    id: resource.id,
    name: resource.name,
    sensitivePaths: resource.sensitivePaths,
    unresolvedPaths: resource.unresolvedPaths,
    ignoredPaths: resource.ignoredPaths,
    previousAddress: resource.previousAddress,
    scope: resource.scope,
    location: resource.location,
    contentHash: resource.contentHash,
  };
}

/** Everything a comparison may ask beside the attributes; not where it stands in the file. */
function stampedFacts(resource: DeclaredResource): unknown[] {
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
function actualFacts(facts: ActualFacts): unknown {
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

class StoredJson<T extends object> {
  readonly #cache = new BodyCache<T>(CACHE_CHARACTERS);
  parsed = 0;

  constructor(private readonly file: SpillFile) {}

  /** What was just read will be asked for at once, to find out what it is. */
  put(body: T, text: string): number {
    const handle = this.file.append(text);
    this.#cache.put(handle, body, text.length);
    return handle;
  }

  /** `parse`: where the text is no JSON of the body. */
  read(handle: number, parse?: (text: string) => T): T {
    return this.#cache.get(handle, () => {
      this.parsed += 1;
      const text = this.file.text(handle);
      return [parse === undefined ? (JSON.parse(text) as T) : parse(text), text.length];
    });
  }
}

/** Elements hold several resources: one parsing serves them all. */
class StoredElements {
  readonly #cache = new BodyCache<readonly DeclaredResource[]>(CACHE_CHARACTERS);
  parsed = 0;

  constructor(private readonly file: SpillFile) {}

  read(handle: number, position: number): JsonObject {
    const resources = this.#cache.get(handle, () => {
      this.parsed += 1;
      const bytes = this.file.read(handle);
      return [resourcesInElement(bytes), bytes.length];
    });
    return resources[position]?.attributes ?? {};
  }
}
