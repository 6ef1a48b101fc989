import { ApiProperty } from '@nestjs/swagger';

export class HealthResponse {
  @ApiProperty({
    enum: ['ok', 'degraded', 'error'],
    description:
      'degraded: requests are served, but the keys that seal credentials or the leases of database logins cannot be used.',
  })
  status!: 'ok' | 'degraded' | 'error';

  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'up or down for each dependency; why is in the log, not here.',
  })
  checks!: Record<string, string>;
}
