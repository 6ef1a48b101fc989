import { ApiProperty } from '@nestjs/swagger';
import type { IssuedChallenge } from '../two-factor/login-challenges.js';
import type { Enrolment, TwoFactorStatus } from '../two-factor/two-factor.service.js';

export class TwoFactorResponse {
  @ApiProperty()
  enabled!: boolean;

  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  confirmed_at!: string | null;

  @ApiProperty({ example: 10, description: 'How many of the ten are not used yet.' })
  recovery_codes_left!: number;
}

export class EnrolmentResponse {
  @ApiProperty({ description: 'For typing, base32. Shown this once.' })
  secret!: string;

  @ApiProperty({ example: 'otpauth://totp/DriftGuard:grace?secret=…&issuer=DriftGuard' })
  otpauth_uri!: string;

  @ApiProperty({ description: 'The URI as a picture for the camera of a phone.' })
  qr_code!: string;
}

export class RecoveryCodesResponse {
  @ApiProperty({
    type: [String],
    description: 'Ten, each of which works once. Shown this once; keep them apart from the app.',
  })
  recovery_codes!: string[];
}

export class ChallengeResponse {
  @ApiProperty({ description: 'For POST /api/v1/auth/login/second-factor.' })
  challenge_token!: string;

  @ApiProperty({ example: 300, description: 'Seconds until it expires.' })
  expires_in!: number;
}

export function toTwoFactorResponse(status: TwoFactorStatus): TwoFactorResponse {
  return {
    enabled: status.enabled,
    confirmed_at: status.confirmedAt?.toISOString() ?? null,
    recovery_codes_left: status.recoveryCodesLeft,
  };
}

export function toEnrolmentResponse(enrolment: Enrolment): EnrolmentResponse {
  return { secret: enrolment.secret, otpauth_uri: enrolment.uri, qr_code: enrolment.qrCode };
}

export function toChallengeResponse(issued: IssuedChallenge): ChallengeResponse {
  return { challenge_token: issued.token, expires_in: issued.expiresIn };
}

export const TWO_FACTOR_EXAMPLE: TwoFactorResponse = {
  enabled: true,
  confirmed_at: '2026-01-01T08:00:00.000Z',
  recovery_codes_left: 10,
};

export const ENROLMENT_EXAMPLE: EnrolmentResponse = {
  secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
  otpauth_uri:
    'otpauth://totp/DriftGuard:grace?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=DriftGuard',
  qr_code: 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAA…',
};

export const RECOVERY_CODES_EXAMPLE: RecoveryCodesResponse = {
  recovery_codes: ['7K2M-9QXT-04VB-HN3R-D3F6-RRWY', '81PA-5ZKC-W3TE-0GNB-X6JQ-2VDH'],
};

export const CHALLENGE_EXAMPLE: ChallengeResponse = {
  challenge_token: 'dgc_bXkIfVZWoEokKzGf3qtcQdM5…',
  expires_in: 300,
};
