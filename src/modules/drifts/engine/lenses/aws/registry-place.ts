import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import type { Pair } from '../../field.js';
import { isObject, read } from '../../values.js';
import { texts } from './texts.js';
import { cfnSchema, type CfnSchema } from './cfn-schema.js';
import { indexNames, matchName, squash, type Nouns } from './name-match.js';
import { keyOfWords } from './name-words.js';

/** Keys AWS Config adds to the registry's model of a resource. */
const ADDED = /^(Id|Arn)$|Tags$/;

/** A position in the CloudFormation registry's model of a resource, beside a live body that is written in its words. */
export class RegistryPlace {
  private constructor(
    private readonly schema: CfnSchema,
    private readonly code: string | undefined,
    private readonly path: string,
    /** Lists to which the service adds entries of its own. */
    private readonly completed: readonly string[],
  ) {}

  /** Undefined where the registry has no such type or the answer is written in other words (a Describe call's). */
  static open({ declared, actual, knowledge }: Pair, body: JsonObject): RegistryPlace | undefined {
    const types = [actual.type, ...texts(knowledge.load('aws/terraform-types')?.[declared.type])];
    for (const type of types) {
      const schema = cfnSchema(type, knowledge);
      const known = schema?.properties(undefined);
      if (!schema || !known) continue;
      const keys = Object.keys(body).filter((key) => !ADDED.test(key));
      if (keys.length > 0 && keys.every((key) => Object.hasOwn(known, key))) {
        const entry = knowledge.load('aws/service-lists')?.[type];
        return new RegistryPlace(
          schema,
          undefined,
          '',
          texts(read(isObject(entry) ? entry : {}, 'paths')),
        );
      }
    }
    return undefined;
  }

  private names(): string[] {
    return Object.keys(this.schema.properties(this.code) ?? {}).filter(
      (name) => !this.schema.writeOnly.has(this.at(name)),
    );
  }

  private at(name: string): string {
    return this.path === '' ? name : `${this.path}.${name}`;
  }

  /** The place a value was found at. */
  step(segments: readonly (string | number)[]): RegistryPlace | undefined {
    const [first, ...rest] = segments;
    if (first === undefined) return this;
    if (typeof first === 'number') return this.step(rest);
    const name = this.names().find((one) => squash(one) === squash(first));
    if (name === undefined) return undefined;
    const whole = this.schema.property(this.code, name)?.code ?? 'j';
    const block = whole.replace(/^[^#]*/, '');
    const list = whole !== block;
    const path = list ? `${this.at(name)}.*` : this.at(name);
    const inner = new RegistryPlace(this.schema, block === '' ? 'j' : block, path, this.completed);
    return inner.step(rest);
  }

  /** The property that holds what the provider calls `key`, of those that can be read back. */
  property(key: string, mapped: readonly string[], nouns: Nouns): string | undefined {
    const names = this.names();
    const match = matchName(key, indexNames(names), mapped, nouns);
    return match?.sure === true ? match.key : keyOfWords(key, names, nouns);
  }

  /** What stands there when nobody set it, where one single value is published. */
  fallback(name: string): JsonValue | undefined {
    const known = this.schema.property(this.code, name);
    if (!known) return undefined;
    const [only, ...others] = known.documentedDefaults;
    return known.fixedDefault ?? (others.length === 0 ? only : undefined);
  }

  /**
   * A live list without what the service itself puts into it, and without the text it puts before the user's own names
   * (`custom:` of a user pool's attributes).
   */
  withoutServiceEntries(key: string, live: JsonValue): JsonValue | undefined {
    if (!Array.isArray(live)) return undefined;
    const property = this.names().find((name) => squash(name) === squash(key));
    const path = property === undefined ? '' : this.at(property);
    const [name, prefix] = this.schema.elementPrefix(path) ?? [];
    if (name === undefined || prefix === undefined || !this.completed.includes(path))
      return undefined;
    return live.flatMap((element) => {
      const called = isObject(element) ? read(element, name) : undefined;
      if (!isObject(element) || typeof called !== 'string' || !called.startsWith(prefix)) return [];
      return [{ ...element, [name]: called.slice(prefix.length) }];
    });
  }
}
