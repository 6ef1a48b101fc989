import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsIn, IsNotEmpty, IsOptional, IsString, MaxLength, ValidateNested } from 'class-validator';
import { SOURCE_KINDS, type SourceKind } from '../iac-choices.js';
import type { SourceChange } from '../sources.service.js';
import { SourceOptionsBody, toSourceOptions } from './source-options.request.js';

/** What is left out stays as it is; `options` are replaced as a whole. */
export class UpdateSourceBody {
  @ApiPropertyOptional({ minLength: 1, maxLength: 255 })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(255)
  name?: string;

  @ApiPropertyOptional({ enum: SOURCE_KINDS })
  @IsOptional()
  @IsIn(SOURCE_KINDS)
  kind?: SourceKind;

  @ApiPropertyOptional({ minLength: 1, maxLength: 4096 })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(4096)
  path?: string;

  @ApiPropertyOptional({
    minLength: 1,
    maxLength: 2048,
    description: 'Another host, account or endpoint removes the credentials: set them anew.',
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

export function toSourceChange(body: UpdateSourceBody): SourceChange {
  return {
    name: body.name,
    kind: body.kind,
    path: body.path,
    url: body.url,
    options: body.options && toSourceOptions(body.options),
  };
}
