import { ApiProperty, ApiPropertyOptional, PartialType } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
  IsUUID,
  MaxLength,
} from 'class-validator';
import { PROVIDERS, type Provider } from '../../../../core/providers/index.js';
import { IsTextMap } from '../../../iac/index.js';
import { IGNORABLE, type Ignorable } from '../../engine/index.js';
import type { IgnoreRuleChange, NewIgnoreRule } from '../ignore-rules.service.js';
import { IsInstant } from '../../../../core/http/index.js';

const MAX_ENTRIES = 100;
const MAX_LENGTH = 1000;

/** A list of patterns, `*` for any run of characters. */
function Patterns(description: string, example: readonly string[]): PropertyDecorator {
  return (target, name) => {
    ApiPropertyOptional({ type: [String], description, example, default: [] })(target, name);
    IsOptional()(target, name);
    IsArray()(target, name);
    ArrayMaxSize(MAX_ENTRIES)(target, name);
    IsString({ each: true })(target, name);
    IsNotEmpty({ each: true })(target, name);
    MaxLength(MAX_LENGTH, { each: true })(target, name);
  };
}

/** Every list narrows; an empty one does not. At least one must be filled. */
export class IgnoreRuleBody {
  @ApiProperty({ minLength: 1, example: 'autoscaled capacity', maxLength: 255 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(255)
  name!: string;

  @ApiPropertyOptional({ enum: PROVIDERS, isArray: true, default: [] })
  @IsOptional()
  @IsArray()
  @IsIn(PROVIDERS, { each: true })
  providers?: Provider[];

  @Patterns('Types as declared or as the provider calls them.', ['aws_autoscaling_group'])
  types?: string[];

  @Patterns('Addresses in the code.', ['module.web.*'])
  addresses?: string[];

  @Patterns('Identifiers or names at the provider.', ['web-*'])
  ids?: string[];

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Tags or labels the resource must carry; a value may be a pattern.',
    example: { team: 'platform' },
    default: {},
  })
  @IsOptional()
  @IsTextMap()
  tags?: Record<string, string>;

  @Patterns('Kubernetes field managers whose changes are meant.', ['keda-operator'])
  actors?: string[];

  @Patterns(
    'Paths in the words of the code or of the provider, `*` for one segment, `**` for any number; none for the whole resource.',
    ['desired_capacity'],
  )
  paths?: string[];

  @ApiPropertyOptional({
    enum: IGNORABLE,
    isArray: true,
    default: [],
    description: 'What it may silence; none for everything.',
  })
  @IsOptional()
  @IsArray()
  @IsIn(IGNORABLE, { each: true })
  silences?: Ignorable[];

  @ApiPropertyOptional({
    default: false,
    description: 'Takes back what an earlier rule silenced.',
  })
  @IsOptional()
  @IsBoolean()
  negated?: boolean;

  @ApiPropertyOptional({ maxLength: 2000, example: 'The group scales by itself.', default: '' })
  @IsOptional()
  @IsString()
  @MaxLength(2000)
  reason?: string;

  @ApiPropertyOptional({
    type: String,
    format: 'date-time',
    nullable: true,
    description: 'From then on it silences nothing; null for never.',
  })
  @IsOptional()
  @IsInstant()
  expires_at?: Date | null;
}

export class CreateIgnoreRuleBody extends IgnoreRuleBody {
  @ApiPropertyOptional({
    type: String,
    format: 'uuid',
    nullable: true,
    description: 'Only in this environment; null or left out for every one.',
  })
  @IsOptional()
  @IsUUID()
  environment_id?: string | null;
}

/** What is left out stays as it is; lists are replaced as a whole. */
export class UpdateIgnoreRuleBody extends PartialType(IgnoreRuleBody) {}

export function toNewIgnoreRule(body: CreateIgnoreRuleBody): NewIgnoreRule {
  return {
    environmentId: body.environment_id ?? null,
    name: body.name,
    providers: body.providers ?? [],
    types: body.types ?? [],
    addresses: body.addresses ?? [],
    ids: body.ids ?? [],
    tags: body.tags ?? {},
    actors: body.actors ?? [],
    paths: body.paths ?? [],
    silences: body.silences ?? [],
    negated: body.negated ?? false,
    reason: body.reason ?? '',
    expires_at: body.expires_at ?? null,
  };
}

export function toIgnoreRuleChange(body: UpdateIgnoreRuleBody): IgnoreRuleChange {
  const { name, providers, types, addresses, ids, tags, actors, paths } = body;
  const { silences, negated, reason, expires_at } = body;
  return {
    ...{ name, providers, types, addresses, ids, tags, actors, paths },
    ...{ silences, negated, reason, expires_at },
  };
}
