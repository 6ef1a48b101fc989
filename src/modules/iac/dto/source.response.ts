import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { SourceNotice } from '../../../core/providers/index.js';
import { SOURCE_KINDS, type SourceKind, type SourceOptions } from '../iac-choices.js';
import type { CheckedSource } from '../remote/source-credentials.service.js';
import type { SourceRow } from '../iac-source.repository.js';
import type { UploadResult } from '../upload-source.service.js';

export class SourceContentResponse {
  @ApiProperty()
  name!: string;

  @ApiProperty({ description: 'Bytes.' })
  size!: number;

  @ApiProperty({ description: 'Resources it declares.' })
  resources!: number;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'Of a raw Terraform state; null for everything else.',
  })
  serial!: number | null;

  @ApiProperty({ format: 'date-time' })
  uploaded_at!: string;
}

export class ReadDocumentResponse {
  @ApiProperty()
  name!: string;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'What the store calls it: version id, ETag, generation, commit.',
  })
  version!: string | null;

  @ApiProperty({ type: Number, nullable: true, description: 'Bytes.' })
  size!: number | null;

  @ApiPropertyOptional({
    type: () => WorkspaceResponse,
    nullable: true,
    description: 'Of a state in HCP Terraform or Terraform Enterprise.',
  })
  workspace?: WorkspaceResponse | null;
}

export class WorkspaceRunResponse {
  @ApiProperty()
  id!: string;

  @ApiProperty({ description: 'The word of the platform: `applied`, `applying`, `errored`, …' })
  status!: string;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  created_at!: string | null;
}

export class WorkspaceAssessmentResponse {
  @ApiProperty()
  id!: string;

  @ApiProperty({
    enum: ['in_sync', 'drifted', 'failed'],
    description: 'What the platform itself found; `failed`: it could not look.',
  })
  verdict!: 'in_sync' | 'drifted' | 'failed';

  @ApiProperty({ type: Number, nullable: true })
  resources_drifted!: number | null;

  @ApiProperty({ type: Number, nullable: true })
  resources_in_sync!: number | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  created_at!: string | null;
}

export class WorkspaceResponse {
  @ApiProperty()
  id!: string;

  @ApiProperty()
  locked!: boolean;

  @ApiProperty({ description: 'A run is changing what the state describes.' })
  run_in_progress!: boolean;

  @ApiProperty({ type: WorkspaceRunResponse, nullable: true })
  latest_run!: WorkspaceRunResponse | null;

  @ApiProperty({
    type: WorkspaceAssessmentResponse,
    nullable: true,
    description: 'The last health assessment; null where there is none, or it may not be read.',
  })
  assessment!: WorkspaceAssessmentResponse | null;
}

export class LastReadResponse {
  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ type: [ReadDocumentResponse], description: 'The first hundred.' })
  documents!: readonly ReadDocumentResponse[];
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

  @ApiProperty({ description: '`upload`, `path`, or the kind of store: `s3`, `http`, `pg`, …' })
  location!: string;

  @ApiProperty({ type: String, nullable: true })
  path!: string | null;

  @ApiProperty({ type: String, nullable: true })
  url!: string | null;

  @ApiProperty({
    type: [String],
    description: 'Names of the credential fields that are set; values are never answered.',
  })
  credential_fields!: string[];

  @ApiProperty({
    type: LastReadResponse,
    nullable: true,
    description: 'The last complete reading; null before the first, and for uploads and paths.',
  })
  last_read!: LastReadResponse | null;

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

export class SourceCheckResponse {
  @ApiProperty({ type: SourceResponse })
  source!: SourceResponse;

  @ApiProperty({
    type: ReadDocumentResponse,
    description: 'The first document these credentials opened.',
  })
  document!: ReadDocumentResponse;
}

export class UploadResponse {
  @ApiProperty({ type: SourceResponse })
  source!: SourceResponse;

  @ApiProperty({ description: 'Resources it declares.' })
  resources!: number;

  @ApiProperty({ description: 'False when the source had the very same content already.' })
  changed!: boolean;

  @ApiProperty({
    type: [NoticeResponse],
    description: 'The first hundred remarks of the parser; none when nothing changed.',
  })
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
    url: row.url,
    credential_fields: row.credential_fields ?? [],
    last_read: row.last_read,
    options: row.options,
    content: toContentResponse(row),
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}

export function toSourceCheckResponse({ source, document }: CheckedSource): SourceCheckResponse {
  return { source: toSourceResponse(source), document };
}

export function toUploadResponse(result: UploadResult): UploadResponse {
  return {
    source: toSourceResponse(result.source),
    resources: result.resources,
    changed: result.changed,
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
    serial: row.document_serial === null ? null : Number(row.document_serial),
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
  url: null,
  credential_fields: [],
  last_read: null,
  options: {},
  content: {
    name: 'terraform.tfstate',
    size: 48_213,
    resources: 61,
    serial: 17,
    uploaded_at: '2026-03-02T08:05:00.000Z',
  },
  created_at: '2026-03-02T08:04:00.000Z',
  updated_at: '2026-03-02T08:04:00.000Z',
} satisfies SourceResponse;
