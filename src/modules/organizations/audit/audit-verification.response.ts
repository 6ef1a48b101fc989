import { ApiProperty } from '@nestjs/swagger';
import type { ChainVerification } from '../../../core/audit/index.js';

class ChainEnd {
  @ApiProperty({ example: '4711' })
  sequence!: string;

  @ApiProperty()
  hash!: string;
}

class ChainBreakResponse {
  @ApiProperty({ description: 'The entry at which it shows.', example: '4000' })
  sequence!: string;

  @ApiProperty({ type: String, format: 'uuid', nullable: true })
  id!: string | null;

  @ApiProperty({ example: 'entry changed' })
  reason!: string;
}

export class AuditVerificationResponse {
  @ApiProperty()
  is_whole!: boolean;

  @ApiProperty({ description: 'How many entries were verified.' })
  entries!: number;

  @ApiProperty({ description: 'Older entries were removed by policy.', example: '0' })
  removed_up_to!: string;

  @ApiProperty({ description: 'Entries in which a person was anonymised.' })
  redacted!: number;

  @ApiProperty({ description: 'Keep it elsewhere: it proves later that nothing was cut off.' })
  head!: ChainEnd;

  @ApiProperty({ type: ChainBreakResponse, nullable: true })
  broken!: ChainBreakResponse | null;
}

export function toVerificationResponse(verified: ChainVerification): AuditVerificationResponse {
  const { entries, redacted, head, broken, removedUpTo } = verified;
  return {
    is_whole: broken === null,
    entries,
    removed_up_to: removedUpTo,
    redacted,
    head: { ...head },
    broken: broken === null ? null : { ...broken },
  };
}

export const VERIFICATION_EXAMPLE = {
  is_whole: true,
  entries: 4711,
  removed_up_to: '0',
  redacted: 0,
  head: {
    sequence: '4711',
    hash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  },
  broken: null,
} satisfies AuditVerificationResponse;
