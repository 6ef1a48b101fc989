import { ApiProperty } from '@nestjs/swagger';
import type { JsonValue } from '../../../core/providers/index.js';
import {
  CHANGE_TYPES,
  type ChangeType,
  DRIFT_VERDICTS,
  type DriftVerdict,
} from '../drift-choices.js';
import type { DriftChangeRow } from '../drift-rows.js';
import { AttributionResponse, toAttributionResponse } from './attribution.response.js';

const ANY_VALUE = {
  nullable: true,
  oneOf: [
    { type: 'string' },
    { type: 'number' },
    { type: 'boolean' },
    { type: 'array', items: {} },
    { type: 'object', additionalProperties: true },
  ],
};

export class DriftChangeResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({
    example: 'ingress[0].cidr_blocks',
    description: 'In the words of the code; empty for the resource as a whole.',
  })
  property_path!: string;

  @ApiProperty({ description: "The same place in the provider's words." })
  actual_path!: string;

  @ApiProperty({
    ...ANY_VALUE,
    description: 'Null when absent; a secret is `{ "$sensitive": "<keyed hash>" }`.',
  })
  declared_value!: JsonValue;

  @ApiProperty({ ...ANY_VALUE, description: 'As declared_value.' })
  actual_value!: JsonValue;

  @ApiProperty({ enum: CHANGE_TYPES })
  change_type!: ChangeType;

  @ApiProperty({ enum: DRIFT_VERDICTS })
  verdict!: DriftVerdict;

  @ApiProperty()
  is_security_critical!: boolean;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'The rule that decided; null for a plain difference.',
  })
  rule!: string | null;

  @ApiProperty()
  explanation!: string;

  @ApiProperty({ type: String, nullable: true, description: 'Why it matters for security.' })
  security_reason!: string | null;

  @ApiProperty({
    type: AttributionResponse,
    nullable: true,
    description: 'Who most likely made the change; null while nobody knows.',
  })
  attribution!: AttributionResponse | null;
}

export function toDriftChangeResponse(row: DriftChangeRow): DriftChangeResponse {
  return {
    id: row.id,
    property_path: row.property_path,
    actual_path: row.actual_path,
    declared_value: row.declared_value,
    actual_value: row.actual_value,
    change_type: row.change_type,
    verdict: row.verdict,
    is_security_critical: row.is_security_critical,
    rule: row.rule,
    explanation: row.explanation,
    security_reason: row.security_reason,
    attribution: toAttributionResponse(row.attribution),
  };
}
