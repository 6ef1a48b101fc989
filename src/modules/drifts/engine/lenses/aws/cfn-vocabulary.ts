import type { FieldFacts } from '../../field.js';
import { cfnFacts } from './cfn-facts.js';
import { FREE_FORM, type CfnSchema } from './cfn-schema.js';
import type { Vocabulary } from './vocabulary.js';

const blockOf = (code: string | undefined): string | undefined => code?.replace(/^[[<~!]/, '');

/** CloudFormation properties, read against an answer that does not use the registry's names. */
export class CfnVocabulary implements Vocabulary {
  constructor(private readonly schema: CfnSchema) {}

  names(code: string | undefined): readonly string[] {
    return Object.keys(this.schema.properties(blockOf(code)) ?? {});
  }

  code(parent: string | undefined, name: string): string | undefined {
    return this.schema.property(blockOf(parent), name)?.code;
  }

  facts(parent: string | undefined, name: string): FieldFacts {
    const property = this.schema.property(blockOf(parent), name) ?? FREE_FORM;
    // Paths of the schema are only known at the top; below it a property is judged by its name and code.
    // The names that identify elements are the registry's; the other side has its own.
    const { identity: _, ...facts } = cfnFacts(
      this.schema,
      parent === undefined ? name : `*.${name}`,
      name,
      property,
    );
    return facts;
  }

  words(name: string): readonly string[] {
    const parts = name
      .split('::')
      .slice(1)
      .join('')
      .match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g);
    return (parts ?? name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? []).map((part) =>
      part.toLowerCase(),
    );
  }
}
