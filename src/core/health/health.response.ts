import { ApiProperty } from '@nestjs/swagger';

export class HealthResponse {
  @ApiProperty({ enum: ['ok', 'error'] })
  status!: 'ok' | 'error';

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'up or down for each dependency; why is in the log, not here.',
  })
  checks!: Record<string, string>;
}
