import { ApiProperty } from '@nestjs/swagger';
import { IsTextMap } from './text-map.js';

export class ReplaceSourceCredentialsBody {
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    writeOnly: true,
    example: { username: 'driftguard', password: '…' },
    description:
      'All fields anew; which there are depends on the kind of source, see docs/state-sources.md. Never answered.',
  })
  @IsTextMap(100_000)
  credentials!: Record<string, string>;
}
