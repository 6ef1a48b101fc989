import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { API_KEY_SCOPES, type Permission } from '../../context/index.js';
import { apiKeyPrefix } from '../api-keys/api-key-token.js';
import type { ListedApiKey } from '../api-keys/api-key-store.js';
import type { ApiKeyRequest, IssuedApiKey } from '../api-keys/api-keys.service.js';

const LONGEST_DAYS = 365;

export class CreateApiKeyBody {
  @ApiProperty({
    example: 'pipeline',
    description: 'To know it again. Letters, digits, spaces, . _ @ / : + -',
  })
  @IsString()
  @MaxLength(100)
  @Matches(/^[A-Za-z0-9][A-Za-z0-9 ._@/:+-]*$/, {
    message:
      'name may have letters, digits, spaces, and . _ @ / : + -, and begins with one of the first two',
  })
  name!: string;

  @ApiProperty({
    enum: API_KEY_SCOPES,
    isArray: true,
    example: ['scan:read'],
    description: 'What it may do, of what its owner may.',
  })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(API_KEY_SCOPES.length)
  @ArrayUnique()
  @IsIn(API_KEY_SCOPES, { each: true })
  scopes!: Permission[];

  @ApiProperty({ example: 90 })
  @IsInt()
  @Min(1)
  @Max(LONGEST_DAYS)
  expires_in_days!: number;

  @ApiPropertyOptional({
    format: 'uuid',
    description:
      'The one source of declared state it is good for: calls whose path does not name it are refused.',
  })
  @IsOptional()
  @IsUUID()
  source_id?: string;
}

export class ApiKeyResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ example: 'pipeline' })
  name!: string;

  @ApiProperty({ description: 'How the key begins, to know one that turned up somewhere.' })
  prefix!: string;

  @ApiProperty({ type: [String] })
  scopes!: string[];

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  source_id!: string | null;

  @ApiProperty({ format: 'date-time' })
  created_at!: string;

  @ApiProperty({ format: 'date-time' })
  expires_at!: string;

  @ApiProperty({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'To the minute; null for one that was never used.',
  })
  last_used_at!: string | null;
}

export class IssuedApiKeyResponse extends ApiKeyResponse {
  @ApiProperty({ description: 'Sent as `Authorization: Bearer dg_…`. Shown this once.' })
  key!: string;
}

export class ApiKeyListResponse {
  @ApiProperty({
    type: [ApiKeyResponse],
    description: 'Those that can be used, the newest first, 50 at most.',
  })
  data!: ApiKeyResponse[];
}

export function toApiKeyRequest(body: CreateApiKeyBody): ApiKeyRequest {
  return {
    name: body.name,
    scopes: body.scopes,
    days: body.expires_in_days,
    sourceId: body.source_id?.toLowerCase() ?? null,
  };
}

export function toApiKeyListResponse(keys: readonly ListedApiKey[]): ApiKeyListResponse {
  return { data: keys.map(toApiKeyResponse) };
}

export function toIssuedApiKeyResponse({ key, token }: IssuedApiKey): IssuedApiKeyResponse {
  return Object.assign(toApiKeyResponse(key), { key: token });
}

function toApiKeyResponse(key: ListedApiKey): ApiKeyResponse {
  return {
    id: key.id,
    name: key.name,
    prefix: apiKeyPrefix(key.id),
    scopes: [...key.scopes],
    source_id: key.source_id,
    created_at: key.created_at.toISOString(),
    expires_at: key.expires_at.toISOString(),
    last_used_at: key.last_used_at?.toISOString() ?? null,
  };
}

const EXAMPLE_ID = '01980a3e-0000-7000-8000-000000000051';

export const API_KEY_EXAMPLE = {
  id: EXAMPLE_ID,
  name: 'pipeline',
  prefix: apiKeyPrefix(EXAMPLE_ID),
  scopes: ['scan:read'],
  source_id: null,
  created_at: '2026-01-01T08:00:00.000Z',
  expires_at: '2026-04-01T08:00:00.000Z',
  last_used_at: null,
} satisfies ApiKeyResponse;

export const ISSUED_API_KEY_EXAMPLE = {
  ...API_KEY_EXAMPLE,
  key: `${API_KEY_EXAMPLE.prefix}…`,
} satisfies IssuedApiKeyResponse;
