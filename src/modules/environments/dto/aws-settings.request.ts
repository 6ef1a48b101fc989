import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  Matches,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import {
  type AwsSettings,
  CLOUD_CONTROL_CHOICES,
  type CloudControlChoice,
} from '../environment-choices.js';

const MAX_ACCOUNTS = 1000;
const ACCOUNT_ID = /^\d{12}$/;
const ROLE_ARN = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/;
const ROLE_NAME = /^(?:[\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/;
const EXTERNAL_ID = /^[\w+=,.@:/-]{2,1224}$/;
const UNIT = /^(?:r-[0-9a-z]{4,32}|ou-[0-9a-z]{4,32}-[0-9a-z]{8,32})$/;

const AN_ACCOUNT = 'must be the number of an AWS account, 12 digits';
const A_ROLE_NAME = 'must be the name of a role, without its ARN';
const AN_EXTERNAL_ID = 'must be an external id: 2 to 1224 letters, digits and +=,.@:/-';

class AwsAccountBody {
  @ApiPropertyOptional({ type: String, nullable: true, example: '111122223333' })
  @ValidateIf(
    ({ account_id, role_arn }: AwsAccountBody) =>
      (account_id ?? null) !== null || (role_arn ?? null) === null,
  )
  @Matches(ACCOUNT_ID, { message: `account_id ${AN_ACCOUNT}; or give role_arn` })
  account_id?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: 'arn:aws:iam::111122223333:role/driftguard-read',
  })
  @IsOptional()
  @Matches(ROLE_ARN, { message: 'role_arn must be the ARN of an IAM role' })
  role_arn?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @Matches(ROLE_NAME, { message: `role_name ${A_ROLE_NAME}` })
  role_name?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @Matches(EXTERNAL_ID, { message: `external_id ${AN_EXTERNAL_ID}` })
  external_id?: string | null;
}

class AwsOrganizationBody {
  @ApiPropertyOptional({
    type: [String],
    example: ['ou-ab12-11111111'],
    description: 'Roots or organizational units, with everything below; empty means all.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_ACCOUNTS)
  @Matches(UNIT, { each: true, message: 'each of units must be a root (r-…) or a unit (ou-…)' })
  units?: string[];

  @ApiPropertyOptional({ type: [String], description: 'Accounts to leave out.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_ACCOUNTS)
  @Matches(ACCOUNT_ID, { each: true, message: `each of exclude ${AN_ACCOUNT}` })
  exclude?: string[];
}

class AwsAggregatorBody {
  @ApiProperty({ example: 'company' })
  @Matches(/^[\w-]{1,256}$/, { message: 'name must be the name of an AWS Config aggregator' })
  name!: string;

  @ApiProperty({ example: 'eu-west-1' })
  @Matches(/^[a-z]{2}(?:-[a-z0-9]+){1,3}$/, { message: 'region must be an AWS region' })
  region!: string;

  @ApiPropertyOptional({
    default: false,
    description:
      'Somebody sees to it that AWS Config records in every source. Without it, or the role of an account, nothing read through the aggregator is complete.',
  })
  @IsOptional()
  @IsBoolean()
  recorders_enforced?: boolean;
}

/** Which AWS accounts are read, and how. */
export class AwsSettingsBody {
  @ApiPropertyOptional({ type: [AwsAccountBody] })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(MAX_ACCOUNTS)
  @ValidateNested({ each: true })
  @Type(() => AwsAccountBody)
  accounts?: AwsAccountBody[];

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    example: 'driftguard-read',
    description: 'Role of that name in accounts given by number, and in those of the organization.',
  })
  @ValidateIf(
    (aws: AwsSettingsBody) =>
      (aws.role_name !== undefined && aws.role_name !== null) || Boolean(aws.organization),
  )
  @Matches(ROLE_NAME, { message: `role_name ${A_ROLE_NAME}; an organization needs one` })
  role_name?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true })
  @IsOptional()
  @Matches(EXTERNAL_ID, { message: `external_id ${AN_EXTERNAL_ID}` })
  external_id?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, description: 'Default: driftguard.' })
  @IsOptional()
  @Matches(/^[\w+=,.@-]{2,64}$/, { message: 'session_name must be the name of a role session' })
  session_name?: string | null;

  @ApiPropertyOptional({ type: AwsOrganizationBody, nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => AwsOrganizationBody)
  organization?: AwsOrganizationBody | null;

  @ApiPropertyOptional({ type: AwsAggregatorBody, nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => AwsAggregatorBody)
  aggregator?: AwsAggregatorBody | null;

  @ApiPropertyOptional({
    enum: CLOUD_CONTROL_CHOICES,
    default: 'declared',
    description:
      'Whether Cloud Control is asked for declared types AWS Config does not hold: one call per resource.',
  })
  @IsOptional()
  @IsIn(CLOUD_CONTROL_CHOICES)
  cloud_control?: CloudControlChoice;
}

export function toAwsSettings(body: AwsSettingsBody): AwsSettings {
  const { organization = null, aggregator = null } = body;
  return {
    accounts: (body.accounts ?? []).map(({ account_id, role_arn, role_name, external_id }) => ({
      account_id: account_id ?? null,
      role_arn: role_arn ?? null,
      role_name: role_name ?? null,
      external_id: external_id ?? null,
    })),
    role_name: body.role_name ?? null,
    external_id: body.external_id ?? null,
    session_name: body.session_name ?? null,
    organization: organization && {
      units: organization.units ?? [],
      exclude: organization.exclude ?? [],
    },
    aggregator: aggregator && {
      name: aggregator.name,
      region: aggregator.region,
      recorders_enforced: aggregator.recorders_enforced ?? false,
    },
    cloud_control: body.cloud_control ?? 'declared',
  };
}
