import type {
  ActualResource,
  DeclaredResource,
  JsonObject,
} from '../../../core/providers/index.js';
import type { Keyed, Stamped } from '../engine/index.js';

/** Where a body is; `position` within an element of a state, -1 where the body stands alone. */
export interface BodyPlace {
  readonly handle: number;
  readonly position: number;
}

/** What is heavy about a live resource. */
export interface ActualBody {
  readonly properties: JsonObject;
  readonly companions: JsonObject | null;
}

export type DeclaredFacts = Omit<DeclaredResource, 'attributes'>;
export type ActualFacts = Omit<ActualResource, 'properties' | 'companions'>;

/** What is kept of a live resource so that it can be found and matched while its row is not parsed. */
export interface KeptRow extends ActualFacts {
  readonly stamp: string;
  readonly matchKeys: readonly string[];
}

/** A declared resource whose attributes were put away and come when asked for; on its way to where it belongs. */
export class KeptDeclared implements DeclaredResource, Keyed {
  readonly address: string;
  readonly type: string;
  readonly format: DeclaredResource['format'];
  readonly provider: DeclaredResource['provider'];
  readonly id: string | null;
  readonly name: string | null;
  readonly sensitivePaths: readonly string[];
  readonly unresolvedPaths: readonly string[];
  readonly ignoredPaths: readonly string[];
  readonly previousAddress: string | null;
  readonly scope: DeclaredResource['scope'];
  readonly location: DeclaredResource['location'];
  readonly contentHash: string | null;

  /** @param digest hash of its attributes */
  constructor(
    facts: DeclaredFacts,
    readonly digest: string,
    readonly matchKeys: readonly string[] | null,
    readonly place: BodyPlace,
    private readonly attributesAt: (place: BodyPlace) => JsonObject,
  ) {
    this.address = facts.address;
    this.type = facts.type;
    this.format = facts.format;
    this.provider = facts.provider;
    this.id = facts.id;
    this.name = facts.name;
    this.sensitivePaths = facts.sensitivePaths;
    this.unresolvedPaths = facts.unresolvedPaths;
    this.ignoredPaths = facts.ignoredPaths;
    this.previousAddress = facts.previousAddress;
    this.scope = facts.scope;
    this.location = facts.location;
    this.contentHash = facts.contentHash;
  }

  get attributes(): JsonObject {
    return this.attributesAt(this.place);
  }
}

/** A declared resource as it is put away for the length of a scan. */
export interface ShelvedDeclaredFacts extends Omit<DeclaredFacts, 'type'> {
  readonly sourceId: string;
  readonly stamp: string;
  readonly matchKeys: readonly string[] | null;
  readonly place: BodyPlace;
}

export interface DeclaredShelf {
  facts(handle: number): ShelvedDeclaredFacts;
  attributes(place: BodyPlace): JsonObject;
}

/**
 * A declared resource of which only the type is in memory; everything else comes from the shelf. Nothing is its own property, so
 * it is never to be spread.
 */
export class ShelvedDeclared implements DeclaredResource, Stamped, Keyed {
  constructor(
    readonly type: string,
    private readonly shelf: DeclaredShelf,
    private readonly handle: number,
  ) {}

  private get facts(): ShelvedDeclaredFacts {
    return this.shelf.facts(this.handle);
  }

  get address(): string {
    return this.facts.address;
  }

  get format(): DeclaredResource['format'] {
    return this.facts.format;
  }

  get provider(): DeclaredResource['provider'] {
    return this.facts.provider;
  }

  get id(): string | null {
    return this.facts.id;
  }

  get name(): string | null {
    return this.facts.name;
  }

  get sensitivePaths(): readonly string[] {
    return this.facts.sensitivePaths;
  }

  get unresolvedPaths(): readonly string[] {
    return this.facts.unresolvedPaths;
  }

  get ignoredPaths(): readonly string[] {
    return this.facts.ignoredPaths;
  }

  get previousAddress(): string | null {
    return this.facts.previousAddress;
  }

  get scope(): DeclaredResource['scope'] {
    return this.facts.scope;
  }

  get location(): DeclaredResource['location'] {
    return this.facts.location;
  }

  get contentHash(): string | null {
    return this.facts.contentHash;
  }

  get sourceId(): string {
    return this.facts.sourceId;
  }

  get stamp(): string {
    return this.facts.stamp;
  }

  get matchKeys(): readonly string[] | null {
    return this.facts.matchKeys;
  }

  get attributes(): JsonObject {
    return this.shelf.attributes(this.facts.place);
  }
}
