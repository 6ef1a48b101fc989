import { ApiProperty } from '@nestjs/swagger';
import type { JsonObject } from '../../../core/providers/index.js';
import {
  DRIFT_TYPES,
  DRIFT_VERDICTS,
  type DriftType,
  type DriftVerdict,
  RESOLUTION_TYPES,
  type ResolutionType,
} from '../drift-choices.js';
import { DRIFT_STATUSES, type DriftStatus } from '../drift-status.js';
import type { DriftWithChanges } from '../drifts.service.js';
import { AttributionResponse, toAttributionResponse } from './attribution.response.js';
import { DriftChangeResponse, toDriftChangeResponse } from './drift-change.response.js';

const MAP = { type: 'object', additionalProperties: true } as const;
const TIME = { type: String, format: 'date-time' } as const;
const UUID = { type: String, format: 'uuid' } as const;
const SCORE = { type: Number, nullable: true, minimum: 0, maximum: 1 } as const;
const NULLABLE_TEXT = { type: String, nullable: true } as const;

/** A drift as lists show it: with its changes, without the states, which may be large. */
export class DriftResponse {
  @ApiProperty(UUID)
  id!: string;

  @ApiProperty(UUID)
  environment!: string;

  @ApiProperty()
  environment_name!: string;

  @ApiProperty({
    ...UUID,
    nullable: true,
    description:
      'The declared resource; null for one nobody declared or that is no longer declared.',
  })
  iac_resource!: string | null;

  @ApiProperty({ ...UUID, nullable: true, description: 'The source that declares it.' })
  source!: string | null;

  @ApiProperty({ enum: DRIFT_TYPES })
  drift_type!: DriftType;

  @ApiProperty({ enum: DRIFT_STATUSES })
  status!: DriftStatus;

  @ApiProperty({ enum: DRIFT_VERDICTS })
  verdict!: DriftVerdict;

  @ApiProperty()
  provider!: string;

  @ApiProperty({ example: 'aws_security_group' })
  resource_type!: string;

  @ApiProperty({ ...NULLABLE_TEXT, description: 'Identifier at the provider.' })
  resource_id!: string | null;

  @ApiProperty({
    ...NULLABLE_TEXT,
    description: 'Place in the code; null for a resource nobody declared.',
  })
  resource_address!: string | null;

  @ApiProperty(NULLABLE_TEXT)
  account_id!: string | null;

  @ApiProperty(NULLABLE_TEXT)
  region!: string | null;

  @ApiProperty(NULLABLE_TEXT)
  namespace!: string | null;

  @ApiProperty()
  is_security_critical!: boolean;

  @ApiProperty({ ...TIME, description: 'When it was opened, or opened again.' })
  detected_at!: string;

  @ApiProperty(TIME)
  first_seen_at!: string;

  @ApiProperty(TIME)
  last_seen_at!: string;

  @ApiProperty(UUID)
  first_scan!: string;

  @ApiProperty(UUID)
  last_scan!: string;

  @ApiProperty({ description: 'Scans that saw it.' })
  seen_count!: number;

  @ApiProperty({ description: 'How often it came back after it was resolved.' })
  reopened_count!: number;

  @ApiProperty({ ...TIME, nullable: true })
  resolved_at!: string | null;

  @ApiProperty({
    enum: RESOLUTION_TYPES,
    nullable: true,
    description: 'Null while open, and when a scan found it gone.',
  })
  resolution_type!: ResolutionType | null;

  @ApiProperty({ ...UUID, nullable: true, description: 'The user who resolved it.' })
  resolved_by!: string | null;

  @ApiProperty({ ...UUID, nullable: true, description: 'The scan that found it gone.' })
  resolved_by_scan!: string | null;

  @ApiProperty(NULLABLE_TEXT)
  resolution_comment!: string | null;

  @ApiProperty(SCORE)
  severity_score!: number | null;

  @ApiProperty(SCORE)
  confidence_score!: number | null;

  @ApiProperty(MAP)
  risk_assessment!: JsonObject;

  @ApiProperty(MAP)
  tags!: JsonObject;

  @ApiProperty(MAP)
  metadata!: JsonObject;

  @ApiProperty({
    type: AttributionResponse,
    nullable: true,
    description: 'The latest known writer of what drifted; null while nobody knows.',
  })
  attribution!: AttributionResponse | null;

  @ApiProperty({ type: [DriftChangeResponse] })
  changes!: DriftChangeResponse[];
}

export class DriftDetailResponse extends DriftResponse {
  @ApiProperty({ ...MAP, nullable: true, description: 'Secrets masked; null when it is gone.' })
  actual_state!: JsonObject | null;

  @ApiProperty({ ...MAP, nullable: true, description: 'Secrets masked; null when undeclared.' })
  declared_state!: JsonObject | null;
}

export function toDriftResponse(found: DriftWithChanges): DriftResponse {
  return fieldsOf(found);
}

export function toDriftDetailResponse(found: DriftWithChanges): DriftDetailResponse {
  return {
    ...fieldsOf(found),
    actual_state: found.drift.actual_state ?? null,
    declared_state: found.drift.declared_state ?? null,
  };
}

function fieldsOf({ drift, changes }: DriftWithChanges) {
  return {
    id: drift.id,
    environment: drift.environment_id,
    environment_name: drift.environment_name,
    iac_resource: drift.iac_resource_id,
    source: drift.source_id,
    drift_type: drift.drift_type,
    status: drift.status,
    verdict: drift.verdict,
    provider: drift.provider,
    resource_type: drift.resource_type,
    resource_id: drift.resource_id,
    resource_address: drift.resource_address,
    account_id: drift.account_id,
    region: drift.region,
    namespace: drift.namespace,
    is_security_critical: drift.is_security_critical,
    detected_at: drift.detected_at.toISOString(),
    first_seen_at: drift.first_seen_at.toISOString(),
    last_seen_at: drift.last_seen_at.toISOString(),
    first_scan: drift.first_scan_id,
    last_scan: drift.last_scan_id,
    seen_count: drift.seen_count,
    reopened_count: drift.reopened_count,
    resolved_at: drift.resolved_at?.toISOString() ?? null,
    resolution_type: drift.resolution_type,
    resolved_by: drift.resolved_by,
    resolved_by_scan: drift.resolved_by_scan_id,
    resolution_comment: drift.resolution_comment,
    severity_score: scoreOf(drift.severity_score),
    confidence_score: scoreOf(drift.confidence_score),
    risk_assessment: drift.risk_assessment,
    tags: drift.tags,
    metadata: drift.metadata,
    attribution: toAttributionResponse(drift.attribution),
    changes: changes.map(toDriftChangeResponse),
  } satisfies DriftResponse;
}

function scoreOf(numeric: string | null): number | null {
  return numeric === null ? null : Number(numeric);
}
