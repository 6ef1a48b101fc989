import { NO_SCOPE, type ActualFormat, type JsonObject } from '../../../../core/providers/index.js';
import {
  compareResource,
  createEstate,
  DEFAULT_OPTIONS,
  type Pair,
  type ResourceReport,
} from '../../engine/index.js';
import { openKnowledge } from '../knowledge-shelf.js';

export interface AwsSetting {
  readonly format?: ActualFormat;
  /** The provider's own type; that of the declared side when absent. */
  readonly actualType?: string;
  readonly facts?: JsonObject;
  readonly companions?: JsonObject;
  /** Tags of the item, beside its properties. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Further live resources of the scan. */
  readonly liveBeside?: readonly {
    readonly type: string;
    readonly id: string;
    readonly properties: JsonObject;
  }[];
  /** Further declared resources of the scan. */
  readonly beside?: readonly { readonly type: string; readonly attributes: JsonObject }[];
}

const knowledge = openKnowledge();

function declaredOf(type: string, attributes: JsonObject): Pair['declared'] {
  return {
    address: type,
    type,
    format: type.startsWith('AWS::') ? 'cfn-properties' : 'terraform-state-attributes',
    provider: 'aws',
    id: 'live',
    name: null,
    attributes,
    sensitivePaths: [],
    unresolvedPaths: [],
    ignoredPaths: [],
    previousAddress: null,
    scope: NO_SCOPE,
    location: { file: 'template.yaml', line: 1 },
    contentHash: null,
  };
}

/** An AWS resource beside its live model, through the whole engine and the committed catalogues; account 111122223333. */
export function compareAws(
  type: string,
  attributes: JsonObject,
  properties: JsonObject,
  {
    format,
    actualType = type,
    facts = {},
    companions,
    tags = {},
    beside = [],
    liveBeside = [],
  }: AwsSetting = {},
): ResourceReport {
  const declared = declaredOf(type, attributes);
  const actual: Pair['actual'] = {
    type: actualType,
    format: format ?? (type.startsWith('AWS::') ? 'aws-cloudcontrol' : 'terraform-attributes'),
    provider: 'aws',
    id: 'live',
    aliases: [],
    name: null,
    properties,
    companions: companions ?? null,
    tags,
    scope: NO_SCOPE,
    capturedAt: null,
    contentHash: null,
  };
  const others = beside.map((one) => declaredOf(one.type, one.attributes));
  return compareResource({
    declared,
    actual,
    scan: {
      accountId: '111122223333',
      region: 'us-east-1',
      facts,
      estate: createEstate(
        [declared, ...others],
        [actual, ...liveBeside.map((one) => ({ ...actual, ...one }))],
      ),
    },
    knowledge,
    options: DEFAULT_OPTIONS,
  });
}

/** `verdict path` of every finding, then `not-compared path`. */
export function paths({ findings, notCompared }: ResourceReport): string[] {
  return [
    ...findings.map(({ verdict, path }) => `${verdict} ${path}`),
    ...notCompared.map(({ path }) => `not-compared ${path}`),
  ];
}
