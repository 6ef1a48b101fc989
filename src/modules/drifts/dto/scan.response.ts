import { ApiProperty } from '@nestjs/swagger';
import { COVERAGE_STATUSES, type CoverageStatus } from '../../../core/providers/index.js';
import { NoticeResponse, toNoticeResponse } from '../../iac/index.js';
import {
  NO_SCAN_COUNTS,
  type PassedOver,
  SCAN_STATUSES,
  SCAN_TRIGGERS,
  type ScanCounts,
  type ScanProblem,
  type ScanStatus,
  type ScanTrigger,
  type UnusedIgnoreRule,
} from '../scan-choices.js';
import type { CoverageRow, ScanRow } from '../scans/scan-run.repository.js';
import type { ScanDetail } from '../scans/scans.service.js';

const TIME = { type: String, format: 'date-time' } as const;
const UUID = { type: String, format: 'uuid' } as const;

export class ScanProgressResponse {
  @ApiProperty({ description: 'Parts (a type in an account and a region) that were read.' })
  done!: number;

  @ApiProperty({ type: Number, nullable: true, description: 'Null until it is known.' })
  total!: number | null;

  @ApiProperty({
    type: Number,
    nullable: true,
    description: 'Estimated seconds until everything is read; null while unknown.',
  })
  eta_seconds!: number | null;

  @ApiProperty({ example: 'Reading AWS::S3::Bucket' })
  label!: string;

  @ApiProperty({ description: 'Pages the provider answered.' })
  pages!: number;

  @ApiProperty({ description: 'Resources read so far.' })
  resources!: number;
}

export class ScanCountsResponse implements ScanCounts {
  @ApiProperty({ description: 'Resources declared by code.' })
  declared!: number;

  @ApiProperty({ description: 'Resources the provider answered with.' })
  actual!: number;

  @ApiProperty({ description: 'Declared resources that were found and compared.' })
  compared!: number;

  @ApiProperty()
  in_sync!: number;

  @ApiProperty({ description: 'Declared resources nobody could look at; unknown, not clean.' })
  unread!: number;

  @ApiProperty({ description: 'Declared values that could not be told from what was read.' })
  unverifiable!: number;

  @ApiProperty({ description: 'Differences in bytes that are none in meaning.' })
  suppressed!: number;

  @ApiProperty({
    description:
      'Outcomes taken over from the last scan, because the bytes of both sides and everything else they depend on are the same.',
  })
  reused!: number;

  @ApiProperty()
  opened!: number;

  @ApiProperty()
  persisting!: number;

  @ApiProperty()
  reopened!: number;

  @ApiProperty()
  resolved!: number;

  @ApiProperty({ description: 'Found again, unchanged, under a resolution that lets it stay.' })
  at_rest!: number;
}

export class ScanProblemResponse {
  @ApiProperty({ example: 'INVENTORY.UNREACHABLE' })
  code!: string;

  @ApiProperty()
  message!: string;

  @ApiProperty({ type: 'object', additionalProperties: true })
  details!: Record<string, unknown>;
}

export class ScanCoverageResponse {
  @ApiProperty()
  provider!: string;

  @ApiProperty({ example: 'AWS::S3::Bucket' })
  resource_type!: string;

  @ApiProperty({ type: String, nullable: true })
  account_id!: string | null;

  @ApiProperty({ type: String, nullable: true })
  region!: string | null;

  @ApiProperty({ enum: COVERAGE_STATUSES, description: 'Only `complete` can show a deletion.' })
  status!: CoverageStatus;

  @ApiProperty()
  resources!: number;

  @ApiProperty()
  pages!: number;

  @ApiProperty({ type: String, nullable: true })
  message!: string | null;
}

export class ScanResponse {
  @ApiProperty(UUID)
  id!: string;

  @ApiProperty(UUID)
  environment!: string;

  @ApiProperty()
  environment_name!: string;

  @ApiProperty({
    enum: SCAN_STATUSES,
    description: '`partial`: some types or sources could not be read completely.',
  })
  status!: ScanStatus;

  @ApiProperty({ enum: SCAN_TRIGGERS })
  trigger!: ScanTrigger;

  @ApiProperty({ ...UUID, nullable: true })
  requested_by!: string | null;

  @ApiProperty({ description: 'More than one when a worker died or a passing failure was met.' })
  attempts!: number;

  @ApiProperty({ type: ScanProgressResponse })
  progress!: ScanProgressResponse;

  @ApiProperty({ type: ScanCountsResponse })
  counts!: ScanCounts;

  @ApiProperty({
    type: Number,
    nullable: true,
    minimum: 0,
    maximum: 1,
    description: 'Share of declared resources that could be looked at; null until known.',
  })
  coverage_score!: number | null;

  @ApiProperty({ type: [ScanProblemResponse] })
  problems!: ScanProblemResponse[];

  @ApiProperty({ description: 'Somebody asked to cancel it.' })
  cancel_requested!: boolean;

  @ApiProperty(TIME)
  created_at!: string;

  @ApiProperty({ ...TIME, nullable: true })
  started_at!: string | null;

  @ApiProperty({ ...TIME, nullable: true })
  finished_at!: string | null;
}

export class PassedOverResponse implements PassedOver {
  @ApiProperty({ enum: ['child', 'provider-default', 'ignored'] })
  class!: PassedOver['class'];

  @ApiProperty({ example: 'part of the default network' })
  reason!: string;

  @ApiProperty({ description: 'How many.' })
  resources!: number;
}

export class UnusedIgnoreRuleResponse implements UnusedIgnoreRule {
  @ApiProperty()
  name!: string;

  @ApiProperty({ example: 'ignore rule 01890a5d-ac96-774b-bcce-b302099a8057' })
  origin!: string;
}

export class ScanDetailResponse extends ScanResponse {
  @ApiProperty({ type: [ScanCoverageResponse], description: 'What was not complete first.' })
  coverage!: ScanCoverageResponse[];

  @ApiProperty({ type: [NoticeResponse], description: 'The first hundred remarks of the parsers.' })
  notices!: NoticeResponse[];

  @ApiProperty({
    type: [PassedOverResponse],
    description: 'Live resources no code declares that are no news, by the reason why.',
  })
  passed_over!: PassedOverResponse[];

  @ApiProperty({
    type: [UnusedIgnoreRuleResponse],
    description: 'Ignore rules that silenced nothing in this scan.',
  })
  unused_ignore_rules!: UnusedIgnoreRuleResponse[];
}

export function toScanResponse(row: ScanRow): ScanResponse {
  return fieldsOf(row);
}

export function toScanDetailResponse({ scan, coverage }: ScanDetail): ScanDetailResponse {
  return {
    ...fieldsOf(scan),
    coverage: coverage.map((row: CoverageRow) => ({ ...row })),
    notices: scan.notices.map(toNoticeResponse),
    passed_over: scan.passed_over,
    unused_ignore_rules: scan.unused_ignore_rules,
  };
}

function fieldsOf(row: ScanRow) {
  return {
    id: row.id,
    environment: row.environment_id,
    environment_name: row.environment_name,
    status: row.status,
    trigger: row.trigger,
    requested_by: row.requested_by,
    attempts: row.attempts,
    progress: {
      done: row.progress_done,
      total: row.progress_total,
      eta_seconds: over(row) ? null : row.progress_eta_seconds,
      label: row.progress_label,
      pages: row.pages,
      resources: row.counts.actual ?? 0,
    },
    counts: { ...NO_SCAN_COUNTS, ...row.counts },
    coverage_score: row.coverage_score === null ? null : Number(row.coverage_score),
    problems: row.problems.map(toProblemResponse),
    cancel_requested: row.cancel_requested_at !== null,
    created_at: row.created_at.toISOString(),
    started_at: row.started_at?.toISOString() ?? null,
    finished_at: row.finished_at?.toISOString() ?? null,
  } satisfies ScanResponse;
}

function over({ finished_at }: ScanRow): boolean {
  return finished_at !== null;
}

function toProblemResponse({ code, message, details }: ScanProblem): ScanProblemResponse {
  return { code, message, details: { ...details } };
}
