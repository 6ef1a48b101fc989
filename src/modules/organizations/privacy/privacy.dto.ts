import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsInt, IsNotEmpty, IsString, Max, MaxLength, Min } from 'class-validator';
import type { Anonymised } from './anonymisation.service.js';
import type { Consent } from './consent.entity.js';
import type { DeletionRequest } from './deletion-request.entity.js';
import type { ProcessingRecord } from './processing-record.entity.js';
import { RETENTION_CLASSES } from './retention-classes.js';
import type { RetentionDays } from './retention.service.js';

const LONGEST_TEXT = 2000;
const LONGEST_DAYS = 36_500;

export class AnonymisedResponse {
  @ApiProperty({ description: 'What stands for the person from now on.' })
  pseudonym!: string;

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'integer' },
    description: 'Rows that were changed or deleted, by table.',
  })
  counts!: Record<string, number>;
}

export function toAnonymisedResponse(done: Anonymised): AnonymisedResponse {
  return { pseudonym: done.pseudonym, counts: { ...done.counts } };
}

export class DeletionResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'date-time' })
  requested_at!: string;

  @ApiProperty({ format: 'date-time', description: 'Until then it can be cancelled.' })
  execute_after!: string;
}

export class DeletionStateResponse {
  @ApiProperty({ type: DeletionResponse, nullable: true, description: 'Null: none is requested.' })
  deletion!: DeletionResponse | null;
}

export function toDeletionResponse(request: DeletionRequest): DeletionResponse {
  return {
    id: request.id,
    requested_at: request.requested_at.toISOString(),
    execute_after: request.execute_after.toISOString(),
  };
}

export const DELETION_EXAMPLE = {
  id: '01980a3e-0000-7000-8000-0000000000de',
  requested_at: '2026-01-01T08:00:00.000Z',
  execute_after: '2026-01-15T08:00:00.000Z',
} satisfies DeletionResponse;

const days = (name: keyof typeof RETENTION_CLASSES, description: string) =>
  ApiProperty({
    minimum: RETENTION_CLASSES[name].least,
    maximum: LONGEST_DAYS,
    example: RETENTION_CLASSES[name].days,
    description: `Days. ${description}`,
  });

export class RetentionBody {
  @days('scans', 'Finished scans that no drift refers to; the last of an environment stays.')
  @IsInt()
  @Min(RETENTION_CLASSES.scans.least)
  @Max(LONGEST_DAYS)
  scans!: number;

  @days('resolved_drifts', 'Drifts after they were resolved.')
  @IsInt()
  @Min(RETENTION_CLASSES.resolved_drifts.least)
  @Max(LONGEST_DAYS)
  resolved_drifts!: number;

  @days('audit', 'The audit log; what stays can still be verified.')
  @IsInt()
  @Min(RETENTION_CLASSES.audit.least)
  @Max(LONGEST_DAYS)
  audit!: number;

  @days('sessions', 'Sessions after they ended.')
  @IsInt()
  @Min(RETENTION_CLASSES.sessions.least)
  @Max(LONGEST_DAYS)
  sessions!: number;

  @days('mails', 'Invitations and mailed links after they ended.')
  @IsInt()
  @Min(RETENTION_CLASSES.mails.least)
  @Max(LONGEST_DAYS)
  mails!: number;

  @days('outbox', 'Delivered events.')
  @IsInt()
  @Min(RETENTION_CLASSES.outbox.least)
  @Max(LONGEST_DAYS)
  outbox!: number;
}

export const RETENTION_EXAMPLE: RetentionDays = {
  scans: 365,
  resolved_drifts: 730,
  audit: 1095,
  sessions: 30,
  mails: 30,
  outbox: 30,
};

export class ConsentBody {
  @ApiProperty({ maxLength: 100, example: 'product-mails' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(100)
  purpose!: string;

  @ApiProperty({ maxLength: 50, example: '2026-01', description: 'Of the text agreed to.' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(50)
  version!: string;

  @ApiProperty({ example: true, description: 'False withdraws it.' })
  @IsBoolean()
  is_given!: boolean;
}

export class ConsentResponse extends ConsentBody {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'date-time' })
  created_at!: string;
}

export function toConsentResponse(consent: Consent): ConsentResponse {
  const { id, purpose, version, is_given } = consent;
  return { id, purpose, version, is_given, created_at: consent.created_at.toISOString() };
}

export const CONSENT_EXAMPLE = {
  id: '01980a3e-0000-7000-8000-0000000000c0',
  purpose: 'product-mails',
  version: '2026-01',
  is_given: true,
  created_at: '2026-01-01T08:00:00.000Z',
} satisfies ConsentResponse;

export class ConsentListResponse {
  @ApiProperty({ type: [ConsentResponse] })
  data!: ConsentResponse[];
}

export class ProcessingRecordBody {
  @ApiProperty({ maxLength: 200, example: 'Detection of drift' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  name!: string;

  @ApiProperty({ maxLength: LONGEST_TEXT, example: 'Security of the infrastructure' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(LONGEST_TEXT)
  purpose!: string;

  @ApiProperty({ maxLength: LONGEST_TEXT, example: 'Art. 6 (1) f GDPR' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(LONGEST_TEXT)
  legal_basis!: string;

  @ApiProperty({ maxLength: LONGEST_TEXT, example: 'Accounts, who changed what' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(LONGEST_TEXT)
  data_categories!: string;

  @ApiProperty({ maxLength: LONGEST_TEXT, example: 'None' })
  @IsString()
  @MaxLength(LONGEST_TEXT)
  recipients!: string;

  @ApiProperty({ maxLength: LONGEST_TEXT, example: 'As the retention policy says' })
  @IsString()
  @MaxLength(LONGEST_TEXT)
  retention!: string;
}

export class ProcessingRecordResponse extends ProcessingRecordBody {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'date-time' })
  created_at!: string;
}

export function toProcessingRecordResponse(record: ProcessingRecord): ProcessingRecordResponse {
  const { organization_id: _organization, created_by: _by, created_at, ...rest } = record;
  return { ...rest, created_at: created_at.toISOString() };
}

export const PROCESSING_RECORD_EXAMPLE = {
  id: '01980a3e-0000-7000-8000-0000000000f0',
  name: 'Detection of drift',
  purpose: 'Security of the infrastructure',
  legal_basis: 'Art. 6 (1) f GDPR',
  data_categories: 'Accounts, who changed what',
  recipients: 'None',
  retention: 'As the retention policy says',
  created_at: '2026-01-01T08:00:00.000Z',
} satisfies ProcessingRecordResponse;

export class ProcessingRecordListResponse {
  @ApiProperty({ type: [ProcessingRecordResponse] })
  data!: ProcessingRecordResponse[];
}
