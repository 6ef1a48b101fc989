import type { JsonObject, JsonValue } from '../../../../core/providers/index.js';

const AWS = 'provider["registry.terraform.io/hashicorp/aws"]';

/** One element of a state's `resources`, with one instance unless others are given. */
export function stateResource(fields: JsonObject = {}, ...instances: JsonObject[]): JsonObject {
  return {
    mode: 'managed',
    type: 'aws_s3_bucket',
    name: 'logs',
    provider: AWS,
    instances: instances.length > 0 ? instances : [{ schema_version: 0, attributes: { id: 'logs' } }],
    ...fields,
  };
}

export function state(resources: readonly JsonValue[], fields: JsonObject = {}): JsonObject {
  return {
    version: 4,
    terraform_version: '1.11.4',
    serial: 1,
    lineage: 'b6c1',
    outputs: {},
    resources: [...resources],
    check_results: null,
    ...fields,
  };
}

/** As Terraform writes states. */
export function pretty(value: JsonValue): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
