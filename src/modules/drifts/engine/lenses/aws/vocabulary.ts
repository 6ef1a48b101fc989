import type { FieldFacts } from '../../field.js';

/**
 * A declared vocabulary that differs from the API's: hashicorp/aws attributes, or CloudFormation properties against the
 * Describe shape older AWS Config types are recorded in. A `code` is the schema's own word for what stands at a place;
 * undefined at the top.
 */
export interface Vocabulary {
  /** Names that can be declared there; empty below a map or free-form value. */
  names(code: string | undefined): readonly string[];
  code(parent: string | undefined, name: string): string | undefined;
  facts(parent: string | undefined, name: string): FieldFacts;
  /** The words a type or block name is made of, in lower case. */
  words(name: string): readonly string[];
}
