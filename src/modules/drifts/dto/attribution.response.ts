import { ApiProperty } from '@nestjs/swagger';
import {
  type Attribution,
  ATTRIBUTION_SOURCES,
  type AttributionSource,
  CHANGE_CLIENTS,
  type ChangeClient,
} from '../../../core/providers/index.js';

const NULLABLE_TEXT = { type: String, nullable: true } as const;

export class AttributionResponse {
  @ApiProperty({ enum: ATTRIBUTION_SOURCES, description: 'Where it is written.' })
  source!: AttributionSource;

  @ApiProperty({ ...NULLABLE_TEXT, description: 'Principal as the provider writes it.' })
  actor!: string | null;

  @ApiProperty({ enum: CHANGE_CLIENTS, description: 'Through which kind of program.' })
  client!: ChangeClient;

  @ApiProperty({ ...NULLABLE_TEXT, format: 'date-time' })
  at!: string | null;

  @ApiProperty({ ...NULLABLE_TEXT, description: "The provider's word for what was done." })
  action!: string | null;

  @ApiProperty({ enum: ['high', 'medium', 'low'] })
  confidence!: Attribution['confidence'];

  @ApiProperty({ description: 'Events that could have been the one.' })
  candidates!: number;
}

export function toAttributionResponse(attribution: Attribution | null): AttributionResponse | null {
  return attribution && { ...attribution };
}
