import { ApiProperty } from '@nestjs/swagger';
import { PROVIDERS, type Provider } from '../../../../core/providers/index.js';
import { IGNORABLE, type Ignorable } from '../../engine/index.js';
import type { IgnoreRuleRow } from '../ignore-rule.repository.js';
import type { ImportResult } from '../import-ignore-rules.service.js';

const TEXTS = { type: [String] as [StringConstructor] };

export class IgnoreRuleResponse {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true, description: 'Null: every one.' })
  environment_id!: string | null;

  @ApiProperty({ type: String, nullable: true })
  environment_name!: string | null;

  @ApiProperty({ description: 'Rules apply in this order.' })
  position!: number;

  @ApiProperty()
  name!: string;

  @ApiProperty({ enum: PROVIDERS, isArray: true })
  providers!: Provider[];

  @ApiProperty(TEXTS)
  types!: string[];

  @ApiProperty(TEXTS)
  addresses!: string[];

  @ApiProperty(TEXTS)
  ids!: string[];

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' } })
  tags!: Record<string, string>;

  @ApiProperty(TEXTS)
  actors!: string[];

  @ApiProperty(TEXTS)
  paths!: string[];

  @ApiProperty({ enum: IGNORABLE, isArray: true })
  silences!: Ignorable[];

  @ApiProperty()
  negated!: boolean;

  @ApiProperty()
  reason!: string;

  @ApiProperty({ type: String, nullable: true, description: 'File it was imported from.' })
  imported_from!: string | null;

  @ApiProperty({ type: String, nullable: true, example: '.driftignore:3' })
  origin!: string | null;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  created_by!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  expires_at!: string | null;

  @ApiProperty({ format: 'date-time' })
  created_at!: string;

  @ApiProperty({ format: 'date-time' })
  updated_at!: string;
}

export class ImportedIgnoreRulesResponse {
  @ApiProperty({ type: [IgnoreRuleResponse] })
  rules!: IgnoreRuleResponse[];

  @ApiProperty({ description: 'Rules of an earlier import that made way.' })
  removed!: number;
}

export function toIgnoreRuleResponse(row: IgnoreRuleRow): IgnoreRuleResponse {
  return {
    ...row,
    expires_at: row.expires_at?.toISOString() ?? null,
    created_at: row.created_at.toISOString(),
    updated_at: row.updated_at.toISOString(),
  };
}

export function toImportResponse({ rules, removed }: ImportResult): ImportedIgnoreRulesResponse {
  return { rules: rules.map(toIgnoreRuleResponse), removed };
}

export const IGNORE_RULE_EXAMPLE = {
  id: '01980a3e-0000-7000-8000-000000000070',
  environment_id: '01980a3e-0000-7000-8000-000000000010',
  environment_name: 'production-eu',
  position: 3,
  name: 'autoscaled capacity',
  providers: ['aws'],
  types: ['aws_autoscaling_group'],
  addresses: [],
  ids: [],
  tags: {},
  actors: [],
  paths: ['desired_capacity'],
  silences: ['modified'],
  negated: false,
  reason: 'The group scales by itself.',
  imported_from: null,
  origin: null,
  created_by: '01980a3e-0000-7000-8000-000000000001',
  expires_at: null,
  created_at: '2026-03-02T08:00:00.000Z',
  updated_at: '2026-03-02T08:00:00.000Z',
} satisfies IgnoreRuleResponse;
