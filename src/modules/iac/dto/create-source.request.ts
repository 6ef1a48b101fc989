import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { SOURCE_KINDS, type SourceKind } from '../iac-choices.js';
import type { NewSource } from '../sources.service.js';
import { SourceOptionsBody, toSourceOptions } from './source-options.request.js';

export class CreateSourceBody {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  environment_id!: string;

  @ApiProperty({ minLength: 1, example: 'network state', maxLength: 255 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(255)
  name!: string;

  @ApiPropertyOptional({
    enum: SOURCE_KINDS,
    default: 'auto',
    description:
      '`auto` recognises the content; another value refuses content that is plainly something else.',
  })
  @IsOptional()
  @IsIn(SOURCE_KINDS)
  kind: SourceKind = 'auto';

  @ApiPropertyOptional({
    minLength: 1,
    maxLength: 4096,
    description:
      'A file or folder of the server, where the operator allows it. Left out: the content is uploaded.',
  })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(4096)
  path?: string;

  @ApiPropertyOptional({
    minLength: 1,
    maxLength: 2048,
    example: 's3://acme-states/network.tfstate?region=eu-central-1',
    description:
      'Where a store keeps it; the forms are those of docs/state-sources.md. Credentials do not belong in here: PUT /api/v1/sources/{id}/credentials.',
  })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(2048)
  url?: string;

  @ApiPropertyOptional({ type: SourceOptionsBody })
  @IsOptional()
  @ValidateNested()
  @Type(() => SourceOptionsBody)
  options?: SourceOptionsBody;
}

export function toNewSource(body: CreateSourceBody): NewSource {
  return {
    environmentId: body.environment_id,
    name: body.name,
    kind: body.kind,
    path: body.path ?? null,
    url: body.url ?? null,
    options: toSourceOptions(body.options),
  };
}
