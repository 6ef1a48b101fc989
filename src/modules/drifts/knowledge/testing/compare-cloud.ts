import type { JsonObject } from '../../../../core/providers/index.js';
import { compareCase, readCase, type CaseOutcome } from '../../engine/index.js';
import { openKnowledge } from '../knowledge-shelf.js';

/** One resource as it is written and one as it is, in the case format of the accuracy documentation. */
export interface CloudPair {
  readonly declared: {
    readonly format: string;
    readonly type: string;
    readonly attributes: JsonObject;
    readonly id?: string;
  };
  readonly actual: {
    readonly format: string;
    readonly type: string;
    readonly id: string;
    readonly properties: JsonObject;
  };
}

const knowledge = openKnowledge();

/** The whole engine on one pair, with the committed catalogues. */
export function compareCloud({ declared, actual }: CloudPair): CaseOutcome {
  const source: JsonObject = {
    name: declared.type,
    provider: actual.format === 'gcp-cai' ? 'gcp' : 'azure',
    declared: {
      format: declared.format,
      resources: [
        {
          address: `${declared.type}.example`,
          type: declared.type,
          attributes: declared.attributes,
          ...(declared.id !== undefined && { id: declared.id }),
        },
      ],
    },
    actual: {
      format: actual.format,
      resources: [{ type: actual.type, id: actual.id, properties: actual.properties }],
    },
  };
  return compareCase(readCase(source), knowledge, false);
}
