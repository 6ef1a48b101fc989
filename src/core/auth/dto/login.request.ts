import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import { RefreshDelivery } from './refresh-delivery.js';
import { MAX_PASSWORD_LENGTH } from '../passwords/password-policy.js';

export class LoginBody extends RefreshDelivery {
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
    example: 'admin',
    maxLength: 254,
    description: 'Username, or the mail address when no other user of the organization has it.',
  })
  @IsString()
  @IsNotEmpty()
  @MaxLength(254)
  username!: string;

  @ApiProperty({ minLength: 1, format: 'password', example: 'correct horse battery staple' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(MAX_PASSWORD_LENGTH)
  password!: string;
}
