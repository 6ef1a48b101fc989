import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import { MAX_PASSWORD_LENGTH } from '../passwords/password-policy.js';
import { RefreshDelivery } from './refresh-delivery.js';

export class EnrolBody {
  @ApiPropertyOptional({ format: 'password', description: 'Left out after single sign-on only.' })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(MAX_PASSWORD_LENGTH)
  password?: string;
}

export class CodeBody {
  @ApiProperty({
    example: '492039',
    maxLength: 40,
    description:
      'Of the authenticator app. Where a factor is confirmed already, also a recovery code.',
  })
  @IsString()
  @IsNotEmpty()
  @MaxLength(40)
  otp_code!: string;
}

export class DisableTwoFactorBody extends CodeBody {
  @ApiPropertyOptional({ format: 'password', description: 'Left out after single sign-on only.' })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(MAX_PASSWORD_LENGTH)
  password?: string;
}

export class SecondFactorLoginBody extends RefreshDelivery {
  @ApiProperty({ example: 'dgc_bXkIfVZWoEokKzGf3qtcQdM5…', maxLength: 100 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(100)
  challenge_token!: string;

  @ApiProperty({ example: '492039', maxLength: 40, description: 'Of the app, or a recovery code.' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(40)
  otp_code!: string;
}
