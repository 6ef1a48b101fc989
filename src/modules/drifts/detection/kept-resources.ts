import type {
  ActualResource,
  DeclaredResource,
  JsonObject,
} from '../../../core/providers/index.js';
import type { Keyed, Stamped } from '../engine/index.js';

/** Where the heavy part of a resource is, and how often somebody needed it. */
export interface Bodies<T extends object> {
  read(handle: number): T;
}

/** What is heavy about a live resource. */
export interface ActualBody {
  readonly properties: JsonObject;
  readonly companions: JsonObject | null;
}

/** A declared resource whose attributes are kept elsewhere and come when asked for. */
export class KeptDeclared implements DeclaredResource, Stamped, Keyed {
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
  /** Empty until it is known where the resource belongs, see `ScanBodies.declared`. */
  stamp = '';

  /** @param digest hash of its attributes */
  constructor(
    facts: Omit<DeclaredResource, 'attributes'>,
    readonly digest: string,
    readonly matchKeys: readonly string[] | null,
    private readonly bodies: Bodies<JsonObject>,
    private readonly handle: number,
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
    return this.bodies.read(this.handle);
  }
}

/** A live resource whose properties are kept elsewhere and come when asked for. */
export class KeptActual implements ActualResource, Stamped {
  readonly type: string;
  readonly format: ActualResource['format'];
  readonly provider: ActualResource['provider'];
  readonly id: string;
  readonly aliases: readonly string[];
  readonly name: string | null;
  readonly tags: ActualResource['tags'];
  readonly scope: ActualResource['scope'];
  readonly capturedAt: string | null;
  readonly contentHash: string | null;

  constructor(
    facts: Omit<ActualResource, 'properties' | 'companions'>,
    readonly stamp: string,
    private readonly bodies: Bodies<ActualBody>,
    private readonly handle: number,
  ) {
    this.type = facts.type;
    this.format = facts.format;
    this.provider = facts.provider;
    this.id = facts.id;
    this.aliases = facts.aliases;
    this.name = facts.name;
    this.tags = facts.tags;
    this.scope = facts.scope;
    this.capturedAt = facts.capturedAt;
    this.contentHash = facts.contentHash;
  }

  get properties(): JsonObject {
    return this.bodies.read(this.handle).properties;
  }

  get companions(): JsonObject | null {
    return this.bodies.read(this.handle).companions;
  }
}
