import type { ActualResource, JsonObject } from '../../../core/providers/index.js';
import type { Keyed, Stamped } from '../engine/index.js';
import type { ActualBody, ActualFacts } from './kept-resources.js';

/** A live resource as it is put away for the length of a scan. */
export interface ShelvedActualFacts extends Omit<ActualFacts, 'type'> {
  readonly stamp: string;
  /** Null where they are told from the body, which is at hand when they are asked for. */
  readonly matchKeys: readonly string[] | null;
  readonly body: number;
  /** Whether the body is the raw text of a row. */
  readonly raw: boolean;
}

export interface ActualShelf {
  facts(handle: number): ShelvedActualFacts;
  body(facts: ShelvedActualFacts): ActualBody;
}

/** A live resource of which only the type is in memory; everything else comes from the shelf. Never to be spread. */
export class ShelvedActual implements ActualResource, Stamped, Keyed {
  constructor(
    readonly type: string,
    private readonly shelf: ActualShelf,
    private readonly handle: number,
  ) {}

  private get facts(): ShelvedActualFacts {
    return this.shelf.facts(this.handle);
  }

  get format(): ActualResource['format'] {
    return this.facts.format;
  }

  get provider(): ActualResource['provider'] {
    return this.facts.provider;
  }

  get id(): string {
    return this.facts.id;
  }

  get aliases(): readonly string[] {
    return this.facts.aliases;
  }

  get name(): string | null {
    return this.facts.name;
  }

  get tags(): ActualResource['tags'] {
    return this.facts.tags;
  }

  get scope(): ActualResource['scope'] {
    return this.facts.scope;
  }

  get capturedAt(): string | null {
    return this.facts.capturedAt;
  }

  get contentHash(): string | null {
    return this.facts.contentHash;
  }

  get stamp(): string {
    return this.facts.stamp;
  }

  get matchKeys(): readonly string[] | null {
    return this.facts.matchKeys;
  }

  /** Everything but where its body is. */
  row(): object {
    const { body: _, raw: __, ...facts } = this.facts;
    return { ...facts, type: this.type };
  }

  get properties(): JsonObject {
    return this.shelf.body(this.facts).properties;
  }

  get companions(): JsonObject | null {
    return this.shelf.body(this.facts).companions;
  }
}
