import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional } from 'class-validator';
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

  @ApiPropertyOptional({
    default: false,
    description:
      'Keep them untried when the cloud cannot be reached. What it refuses is never kept.',
  })
  @IsOptional()
  @IsBoolean()
  accept_unreachable: boolean = false;
}
