import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import { REFRESH_DELIVERIES, type RefreshDeliveryKind } from '../../../core/auth/index.js';

export class BeginSsoQuery {
  @ApiPropertyOptional({
    description: 'Slug of the organization. May be left out where there is only one.',
    example: 'acme',
  })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  organization?: string;

  @ApiPropertyOptional({
    enum: REFRESH_DELIVERIES,
    default: 'cookie',
    description: 'What the callback does with the refresh token.',
  })
  @IsOptional()
  @IsIn(REFRESH_DELIVERIES)
  refresh_in?: RefreshDeliveryKind;
}
