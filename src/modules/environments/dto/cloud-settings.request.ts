import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsOptional,
  IsString,
  IsUrl,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import {
  type CloudSettings,
  UNMANAGED_CHOICES,
  type UnmanagedChoice,
} from '../environment-choices.js';
import { AwsSettingsBody, toAwsSettings } from './aws-settings.request.js';

const MAX_ENTRIES = 500;
const MAX_ENTRY_LENGTH = 200;

/** How to reach the target; nothing in here is secret. */
export class CloudSettingsBody {
  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: null,
    description: "Overrides the provider's endpoint; null for the provider's own.",
  })
  @IsOptional()
  @IsUrl({
    protocols: ['https', 'http'],
    require_protocol: true,
    require_tld: false,
    disallow_auth: true,
  })
  @MaxLength(2000)
  endpoint?: string | null;

  @ApiPropertyOptional({
    type: [String],
    example: ['eu-central-1'],
    description:
      'AWS regions, or `all` for every enabled one; Google locations…; empty means the default of the credentials.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_ENTRIES)
  @Matches(/^[a-z0-9-]{2,60}$/, { each: true, message: 'each of regions must be a region name' })
  regions?: string[];

  @ApiPropertyOptional({
    type: [String],
    example: ['AWS::S3::Bucket'],
    description: 'Native types to read; empty means all that the credentials can see.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_ENTRIES)
  @IsString({ each: true })
  @MaxLength(MAX_ENTRY_LENGTH, { each: true })
  types?: string[];

  @ApiPropertyOptional({
    type: [String],
    example: [],
    description: 'Kubernetes namespaces; empty means all.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_ENTRIES)
  @IsString({ each: true })
  @MaxLength(MAX_ENTRY_LENGTH, { each: true })
  namespaces?: string[];

  @ApiPropertyOptional({
    enum: UNMANAGED_CHOICES,
    default: 'declared-types',
    description:
      'Which live resources without code are reported: of types the code declares, all, or none.',
  })
  @IsOptional()
  @IsIn(UNMANAGED_CHOICES)
  unmanaged?: UnmanagedChoice;

  @ApiPropertyOptional({
    type: AwsSettingsBody,
    nullable: true,
    description: 'Which AWS accounts are read, and how. Replaced as a whole.',
  })
  @IsOptional()
  @ValidateNested()
  @Type(() => AwsSettingsBody)
  aws?: AwsSettingsBody | null;
}

/** What the request says; what it leaves out is not there. */
export function givenSettings(body: CloudSettingsBody): Partial<CloudSettings> {
  return {
    ...(body.endpoint !== undefined && { endpoint: body.endpoint }),
    ...(body.regions && { regions: body.regions }),
    ...(body.types && { types: body.types }),
    ...(body.namespaces && { namespaces: body.namespaces }),
    ...(body.unmanaged && { unmanaged: body.unmanaged }),
    ...(body.aws !== undefined && { aws: body.aws && toAwsSettings(body.aws) }),
  };
}
