import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { RESOLUTION_TYPES, type ResolutionType } from '../drift-choices.js';

export class ResolveDriftBody {
  @ApiProperty({
    enum: RESOLUTION_TYPES,
    description:
      '`accepted` and `escalated` keep the drift resolved while scans find the same values; after `auto_revert` and `codify_iac` the next scan reopens it if it is still there.',
  })
  @IsIn(RESOLUTION_TYPES)
  resolution_type!: ResolutionType;

  @ApiPropertyOptional({ maxLength: 5000, example: 'CHG-4711: approved until the migration' })
  @IsOptional()
  @IsString()
  @MaxLength(5000)
  comment?: string;
}

export class ResolveDriftResponse {
  @ApiProperty({ enum: ['resolved'] })
  status!: 'resolved';
}
