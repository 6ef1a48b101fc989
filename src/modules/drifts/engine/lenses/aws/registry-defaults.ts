import type { JsonValue } from '../../../../../core/providers/index.js';
import type { Pair } from '../../field.js';
import { texts } from './texts.js';
import { cfnSchema } from './cfn-schema.js';
import { squash } from './name-match.js';

/**
 * What stands at a first-level name of the API when nobody set it, where the CloudFormation registry or documentation
 * names one single default for the property of that name. States write such defaults out; answers leave them out.
 */
export function registryDefaults({
  declared,
  actual,
  knowledge,
}: Pair): (name: string) => JsonValue | undefined {
  const types = [actual.type, ...texts(knowledge.load('aws/terraform-types')?.[declared.type])];
  return (name) => {
    for (const type of types) {
      const schema = cfnSchema(type, knowledge);
      const wanted = squash(name);
      const property = Object.keys(schema?.properties(undefined) ?? {}).find(
        (candidate) => squash(candidate) === wanted,
      );
      const known = property === undefined ? undefined : schema?.property(undefined, property);
      if (!known) continue;
      const [only, ...others] = known.documentedDefaults;
      return known.fixedDefault ?? (others.length === 0 ? only : undefined);
    }
    return undefined;
  };
}
