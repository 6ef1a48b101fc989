import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsDefined,
  IsEmail,
  IsIn,
  IsNotEmpty,
  IsOptional,
  IsString,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { MAX_PASSWORD_LENGTH } from '../../../core/auth/index.js';
import { type Role, ROLES } from '../../../core/context/index.js';
import { IsLinkToken, IsNewPassword } from './new-password.js';
import { IsUsername } from './username.js';

export class NewOrganizationBody {
  @ApiProperty({ minLength: 1, example: 'Acme Cloud', maxLength: 255 })
  @IsString()
  @IsNotEmpty()
  @MaxLength(255)
  name!: string;

  @ApiProperty({
    example: 'acme',
    maxLength: 100,
    pattern: '^[a-z0-9]+(-[a-z0-9]+)*$',
    description: 'Given at login. Small letters, digits and hyphens.',
  })
  @IsString()
  @MaxLength(100)
  @Matches(/^[a-z0-9]+(-[a-z0-9]+)*$/, {
    message: 'slug may have small letters, digits and single hyphens between them',
  })
  slug!: string;
}

export class RegisterBody {
  @ApiProperty({ type: NewOrganizationBody })
  @IsDefined()
  @ValidateNested()
  @Type(() => NewOrganizationBody)
  organization!: NewOrganizationBody;

  @IsUsername()
  username!: string;

  @ApiProperty({ format: 'email', example: 'grace@acme.example', maxLength: 254 })
  @IsEmail()
  @MaxLength(254)
  email!: string;

  @IsNewPassword()
  password!: string;
}

export class InviteBody {
  @ApiProperty({ format: 'email', example: 'linus@acme.example', maxLength: 254 })
  @IsEmail()
  @MaxLength(254)
  email!: string;

  @ApiProperty({ enum: ROLES, example: 'editor' })
  @IsIn(ROLES)
  role!: Role;
}

export class AcceptInvitationBody {
  @IsLinkToken()
  token!: string;

  @IsUsername()
  username!: string;

  @IsNewPassword()
  password!: string;
}

export class RequestPasswordResetBody {
  @ApiPropertyOptional({
    description: 'Slug of the organization. May be left out where there is only one.',
    example: 'acme',
  })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  organization?: string;

  @ApiProperty({
    minLength: 1,
    example: 'grace',
    maxLength: 254,
    description: 'Username or mail address.',
  })
  @IsString()
  @IsNotEmpty()
  @MaxLength(254)
  username!: string;
}

export class ConfirmPasswordResetBody {
  @IsLinkToken()
  token!: string;

  @IsNewPassword()
  new_password!: string;
}

export class ChangeEmailBody {
  @ApiProperty({ example: 'grace@acme.example', maxLength: 254, description: 'The new address.' })
  @IsEmail()
  @MaxLength(254)
  email!: string;

  @ApiProperty({ minLength: 1, format: 'password', description: 'The current password.' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(MAX_PASSWORD_LENGTH)
  current_password!: string;
}

export class ConfirmEmailBody {
  @IsLinkToken()
  token!: string;
}
