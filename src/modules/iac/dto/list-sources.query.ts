import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsUUID } from 'class-validator';
import { PageQuery } from '../../../core/http/index.js';

export class ListSourcesQuery extends PageQuery {
  @ApiPropertyOptional({ format: 'uuid', description: 'Only sources of this environment.' })
  @IsOptional()
  @IsUUID()
  environment_id?: string;
}
