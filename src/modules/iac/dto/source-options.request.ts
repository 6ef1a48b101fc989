import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import type { SourceOptions } from '../iac-choices.js';
import { IsTextMap } from './text-map.js';

/** Facts about the target that the content leaves open; what is absent is not guessed. */
export class SourceOptionsBody {
  @ApiPropertyOptional({
    example: '111122223333',
    description: 'AWS account, Google project, Azure subscription or cluster name.',
  })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  account_id?: string;

  @ApiPropertyOptional({ example: 'eu-central-1' })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  region?: string;

  @ApiPropertyOptional({ description: 'CloudFormation: the stack the template belongs to.' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  stack_name?: string;

  @ApiPropertyOptional({ description: 'CloudFormation: ARN of the stack.' })
  @IsOptional()
  @IsString()
  @MaxLength(500)
  stack_id?: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'CloudFormation: parameter values as given to the stack; leave secret ones out.',
  })
  @IsOptional()
  @IsTextMap()
  parameters?: Record<string, string>;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'CloudFormation: logical id → physical id, as DescribeStackResources answers.',
  })
  @IsOptional()
  @IsTextMap()
  physical_ids?: Record<string, string>;

  @ApiPropertyOptional({ description: 'Kubernetes: namespace of objects that name none.' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  default_namespace?: string;
}

export function toSourceOptions(body: SourceOptionsBody | undefined): SourceOptions {
  if (body === undefined) return {};
  const given = Object.entries(body).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given);
}
