import { ApiProperty } from '@nestjs/swagger';
import { AUDIT_RESULTS, type AuditRecord, type AuditResult } from '../../../core/audit/index.js';

export class AuditLogResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ description: '1, 2, 3… in the organization.', example: '4711' })
  sequence!: string;

  @ApiProperty({ format: 'date-time' })
  created_at!: string;

  @ApiProperty({ example: 'user', description: '`user`, `service_account` or `system`.' })
  actor_kind!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Null: the system.' })
  user_id!: string | null;

  @ApiProperty({ description: 'The name at that time.', example: 'grace' })
  username!: string;

  @ApiProperty({ type: String, nullable: true, example: '192.0.2.7' })
  ip!: string | null;

  @ApiProperty({ type: String, nullable: true })
  user_agent!: string | null;

  @ApiProperty({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'The API key the call came with; null for a session.',
  })
  api_key_id!: string | null;

  @ApiProperty({ example: 'resolve_drift' })
  action!: string;

  @ApiProperty({ example: 'drift' })
  resource_type!: string;

  @ApiProperty({ type: String, nullable: true })
  resource_id!: string | null;

  @ApiProperty({ enum: AUDIT_RESULTS })
  result!: AuditResult;

  @ApiProperty({ type: String, nullable: true, description: 'The error code otherwise.' })
  code!: string | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    description: 'Secrets are masked.',
  })
  old_values!: Readonly<Record<string, unknown>> | null;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  new_values!: Readonly<Record<string, unknown>> | null;

  @ApiProperty()
  correlation_id!: string;

  @ApiProperty({ description: 'Covers this entry and, through the one before, all before it.' })
  hash!: string;
}

export function toAuditLogResponse(record: AuditRecord): AuditLogResponse {
  const { actor, created_at, ...rest } = record;
  return { ...rest, username: actor, created_at: created_at.toISOString() };
}

export const AUDIT_LOG_EXAMPLE = {
  id: '01980a3e-0000-7000-8000-0000000000aa',
  sequence: '4711',
  created_at: '2026-01-01T08:00:00.000Z',
  actor_kind: 'user',
  user_id: '01980a3e-0000-7000-8000-000000000001',
  username: 'grace',
  ip: '192.0.2.7',
  user_agent: 'curl/8.5.0',
  api_key_id: null,
  action: 'resolve_drift',
  resource_type: 'drift',
  resource_id: '01980a3e-0000-7000-8000-0000000000d1',
  result: 'succeeded',
  code: null,
  old_values: { status: 'opened' },
  new_values: { resolution_type: 'accepted' },
  correlation_id: '3f0c1c5e-7f0e-4a57-9a39-6d0a6c1f2b11',
  hash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
} satisfies AuditLogResponse;
