import type {
  DeclaredRecord,
  DeclaredResource,
  JsonObject,
  SourceLocation,
} from '../../../core/providers/index.js';
import type { KnownElements, ReadElement } from '../../iac/index.js';
import type { KeptDeclared } from './kept-resources.js';
import type { ScanBodies } from './scan-bodies.js';

/** What is kept of a resource so that it can be found and matched while its bytes are not parsed. */
export interface KeptFacts extends Omit<
  DeclaredResource,
  'attributes' | 'location' | 'contentHash'
> {
  readonly matchKeys: readonly string[] | null;
  /** Hash of its attributes. */
  readonly digest: string;
}

interface KeptElement {
  readonly resources: number;
  readonly dataSources: number;
  readonly facts: readonly KeptFacts[];
}

export interface SourceElementsOptions {
  readonly bodies: ScanBodies;
  readonly store: {
    find(key: string): string | undefined;
    use(key: string): void;
    keep(key: string, text: string): void;
  };
  /** Stands for what the records of the same bytes depend on: source, options, version. */
  readonly circumstances: string;
  /** Keys for matching; null where they depend on more than the resource. */
  readonly keysOf: (resource: DeclaredResource) => readonly string[] | null;
  /** Facts that must not rest in clear: such an element is parsed each time. */
  readonly isSecret: (facts: JsonObject) => boolean;
}

/** The elements of one source's states that the last scan parsed. */
export class SourceElements implements KnownElements {
  constructor(private readonly options: SourceElementsOptions) {}

  recall(contentHash: string, bytes: Uint8Array, location: SourceLocation): ReadElement | null {
    const { bodies, store } = this.options;
    const key = this.#key(contentHash);
    const text = store.find(key);
    if (text === undefined) return null;
    store.use(key);
    const { facts, resources, dataSources } = JSON.parse(text) as KeptElement;
    const place = { location, contentHash };
    const kept = bodies.element(
      bytes,
      facts.map((one) => ({ ...one, ...place })),
    );
    return { records: kept.map(declared), resources, dataSources };
  }

  learn(contentHash: string, element: ReadElement): ReadElement {
    const { bodies, store, isSecret } = this.options;
    const kept: KeptDeclared[] = [];
    const records = element.records.map((record): DeclaredRecord => {
      if (record.kind !== 'declared') return record;
      const resource = bodies.parsed(record.resource, this.options.keysOf(record.resource));
      if (resource === null) return record;
      kept.push(resource);
      return declared(resource);
    });
    const { resources, dataSources } = element;
    const known = { resources, dataSources, facts: kept.map(factsOf) };
    const text = JSON.stringify(known);
    // A notice is told at every scan, so its element is read at every scan.
    if (kept.length === records.length && !isSecret(JSON.parse(text) as JsonObject))
      store.keep(this.#key(contentHash), text);
    return { ...element, records };
  }

  #key(contentHash: string): string {
    return contentHash + this.options.circumstances;
  }
}

function declared(resource: DeclaredResource): DeclaredRecord {
  return { kind: 'declared', resource };
}

function factsOf(resource: KeptDeclared): KeptFacts {
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
    matchKeys: resource.matchKeys,
    digest: resource.digest,
  };
}
