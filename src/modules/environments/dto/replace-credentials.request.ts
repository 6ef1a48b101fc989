import { ApiProperty } from '@nestjs/swagger';
import { IsCredentials } from './credentials.js';

export class ReplaceCredentialsBody {
  @ApiProperty({
    type: 'object',
    additionalProperties: { type: 'string' },
    writeOnly: true,
    example: { accessKeyId: 'AKIA…', secretAccessKey: '…' },
    description: 'All fields anew; an empty object removes them. Never answered.',
  })
  @IsCredentials()
  credentials!: Record<string, string>;
}
