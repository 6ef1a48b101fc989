import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { SourceNotice } from '../../../core/providers/index.js';
import {
  SOURCE_KINDS,
  SOURCE_LOCATIONS,
  type SourceKind,
  type SourceLocationKind,
  type SourceOptions,
} from '../iac-choices.js';
import type { SourceRow } from '../iac-source.repository.js';
import type { UploadResult } from '../upload-source.service.js';

export class SourceContentResponse {
  @ApiProperty()
  name!: string;

  @ApiProperty({ description: 'Bytes.' })
  size!: number;

  @ApiProperty({ description: 'Resources it declares.' })
  resources!: number;

  @ApiProperty({ format: 'date-time' })
  uploaded_at!: string;
}

export class SourceResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  environment_id!: string;

  @ApiProperty()
  environment_name!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ enum: SOURCE_KINDS })
  kind!: SourceKind;

  @ApiProperty({ enum: SOURCE_LOCATIONS })
  location!: SourceLocationKind;

  @ApiProperty({ type: String, nullable: true })
  path!: string | null;

  @ApiProperty({ type: 'object', additionalProperties: true })
  options!: SourceOptions;

  @ApiProperty({
    type: SourceContentResponse,
    nullable: true,
    description: 'Null until something was uploaded, and for a path.',
  })
  content!: SourceContentResponse | null;

  @ApiProperty({ format: 'date-time' })
  created_at!: string;

  @ApiProperty({ format: 'date-time' })
  updated_at!: string;
}

export class NoticeResponse {
  @ApiProperty({ enum: ['info', 'warning'] })
  level!: 'info' | 'warning';

  @ApiProperty({ example: 'CFN.UNRESOLVED_IMPORT' })
  code!: string;

  @ApiProperty()
  message!: string;

  @ApiProperty()
  file!: string;

  @ApiProperty({ type: Number, nullable: true })
  line!: number | null;

  @ApiPropertyOptional({ description: 'The resource it is about.' })
  address?: string;
}

export class UploadResponse {
  @ApiProperty({ type: SourceResponse })
  source!: SourceResponse;

  @ApiProperty({ description: 'Resources it declares.' })
  resources!: number;

  @ApiProperty({ type: [NoticeResponse], description: 'The first hundred remarks of the parser.' })
  notices!: NoticeResponse[];
}

export function toSourceResponse(row: SourceRow): SourceResponse {
  return {
    id: row.id,
    environment_id: row.environment_id,
    environment_name: row.environment_name,
    name: row.name,
    kind: row.kind,
    location: row.location,
    path: row.path,
    options: row.options,
    content: toContentResponse(row),
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}

export function toUploadResponse(result: UploadResult): UploadResponse {
  return {
    source: toSourceResponse(result.source),
    resources: result.resources,
    notices: result.notices.map(toNoticeResponse),
  };
}

export function toNoticeResponse(notice: SourceNotice): NoticeResponse {
  const { level, code, message, location, address } = notice;
  const { file, line } = location;
  return { level, code, message, file, line, ...(address !== undefined && { address }) };
}

function toContentResponse(row: SourceRow): SourceContentResponse | null {
  if (row.document_name === null || row.document_at === null) return null;
  return {
    name: row.document_name,
    size: Number(row.document_size),
    resources: row.document_resources ?? 0,
    uploaded_at: row.document_at.toISOString(),
  };
}

export const SOURCE_EXAMPLE = {
  id: '01980a3e-0000-7000-8000-000000000020',
  environment_id: '01980a3e-0000-7000-8000-000000000010',
  environment_name: 'production-eu',
  name: 'network state',
  kind: 'terraform_state',
  location: 'upload',
  path: null,
  options: {},
  content: {
    name: 'terraform.tfstate',
    size: 48_213,
    resources: 61,
    uploaded_at: '2026-03-02T08:05:00.000Z',
  },
  created_at: '2026-03-02T08:04:00.000Z',
  updated_at: '2026-03-02T08:04:00.000Z',
} satisfies SourceResponse;
