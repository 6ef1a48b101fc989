import type { FieldFacts } from '../../field.js';
import type { CfnSchema } from './cfn-schema.js';
import { CfnVocabulary } from './cfn-vocabulary.js';
import { squash } from './name-match.js';
import type { Vocabulary } from './vocabulary.js';

/**
 * hashicorp/awscc attributes: the registry's property names in snake case ("Resource and attribute names", awscc provider
 * documentation). `id` is the provider's own.
 */
export class AwsccVocabulary implements Vocabulary {
  private readonly registry: CfnVocabulary;

  constructor(schema: CfnSchema) {
    this.registry = new CfnVocabulary(schema);
  }

  names(code: string | undefined): readonly string[] {
    return this.registry.names(code);
  }

  private property(parent: string | undefined, name: string): string {
    const wanted = squash(name);
    return this.names(parent).find((candidate) => squash(candidate) === wanted) ?? name;
  }

  code(parent: string | undefined, name: string): string | undefined {
    return this.registry.code(parent, this.property(parent, name));
  }

  facts(parent: string | undefined, name: string): FieldFacts {
    return this.registry.facts(parent, this.property(parent, name));
  }

  words(name: string): readonly string[] {
    return name.replace(/^awscc_/, '').split('_');
  }
}
