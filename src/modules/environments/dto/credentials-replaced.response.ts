import { ApiProperty } from '@nestjs/swagger';
import {
  ACCESS_STATUSES,
  type AccessCheck,
  type AccessStatus,
} from '../../../core/providers/index.js';
import type { CredentialsReplaced } from '../environments.service.js';
import type { CredentialsReport } from '../prove-credentials.service.js';
import {
  ENVIRONMENT_EXAMPLE,
  EnvironmentResponse,
  toEnvironmentResponse,
} from './environment.response.js';

export class AccessCheckResponse implements AccessCheck {
  @ApiProperty({ example: 'config:SelectResourceConfig' })
  permission!: string;

  @ApiProperty({
    enum: ACCESS_STATUSES,
    description: '`unknown`: the call failed in a way that says nothing about rights.',
  })
  status!: AccessStatus;

  @ApiProperty({
    type: [String],
    description: 'Native types a scan cannot read without it; `*` for all.',
  })
  blinds!: string[];

  @ApiProperty({ description: 'What a scan lacks without it.' })
  without!: string;

  @ApiProperty({ type: String, nullable: true, description: 'What the provider said.' })
  message!: string | null;
}

export class CredentialsReportResponse {
  @ApiProperty({
    enum: ['proven', 'unreachable'],
    description: '`unreachable`: kept untried, as accept_unreachable asked.',
  })
  status!: CredentialsReport['status'];

  @ApiProperty({ type: String, nullable: true })
  account_id!: string | null;

  @ApiProperty({ type: String, nullable: true })
  principal!: string | null;

  @ApiProperty({ type: [String], description: 'Types that scans will not read; `*` for all.' })
  blind_types!: string[];

  @ApiProperty({ type: [AccessCheckResponse] })
  checks!: AccessCheckResponse[];

  @ApiProperty({ description: 'Whether every check was answered in time.' })
  complete!: boolean;

  @ApiProperty({ type: String, nullable: true })
  message!: string | null;
}

export class CredentialsReplacedResponse extends EnvironmentResponse {
  @ApiProperty({
    type: CredentialsReportResponse,
    nullable: true,
    description: 'What the provider said about them; null when they were removed.',
  })
  credentials_report!: CredentialsReportResponse | null;
}

export function toCredentialsReplaced({
  environment,
  report,
}: CredentialsReplaced): CredentialsReplacedResponse {
  return Object.assign(toEnvironmentResponse(environment), {
    credentials_report: report && toReport(report),
  });
}

function toReport(report: CredentialsReport): CredentialsReportResponse {
  const { status, accountId, principal, checks, complete, message } = report;
  const blind = checks.filter((check) => check.status === 'denied').flatMap(({ blinds }) => blinds);
  return {
    status,
    account_id: accountId,
    principal,
    blind_types: [...new Set(blind)].sort(),
    checks: checks.map((check) => ({ ...check, blinds: [...check.blinds] })),
    complete,
    message,
  };
}

const EXAMPLE_REPORT: CredentialsReportResponse = {
  status: 'proven',
  account_id: '111122223333',
  principal: 'arn:aws:sts::111122223333:assumed-role/driftguard-read/driftguard',
  blind_types: [],
  checks: [
    {
      permission: 'config:SelectResourceConfig',
      status: 'allowed',
      blinds: ['*'],
      without: 'nothing AWS Config records is read',
      message: null,
    },
  ],
  complete: true,
  message: null,
};

export const CREDENTIALS_REPLACED_EXAMPLE: CredentialsReplacedResponse = Object.assign(
  structuredClone(ENVIRONMENT_EXAMPLE),
  { credentials_report: EXAMPLE_REPORT },
);
