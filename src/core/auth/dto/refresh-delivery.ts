import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';

export const REFRESH_DELIVERIES = ['body', 'cookie'] as const;
export type RefreshDeliveryKind = (typeof REFRESH_DELIVERIES)[number];

export class RefreshDelivery {
  @ApiPropertyOptional({
    enum: REFRESH_DELIVERIES,
    default: 'body',
    description:
      'Where the refresh token goes: into the answer, or, for browsers, into an HttpOnly cookie scripts cannot read.',
  })
  @IsOptional()
  @IsIn(REFRESH_DELIVERIES)
  refresh_in?: RefreshDeliveryKind;
}
