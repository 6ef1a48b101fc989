import { ApiProperty } from '@nestjs/swagger';
import { IsEmail, IsIn, MaxLength } from 'class-validator';
import { type Role, ROLES } from '../../../core/context/index.js';
import { IsUsername } from './username.js';

export class CreateUserBody {
  @IsUsername()
  username!: string;

  @ApiProperty({ format: 'email', example: 'grace@acme.example', maxLength: 254 })
  @IsEmail()
  @MaxLength(254)
  email!: string;

  @ApiProperty({ enum: ROLES, example: 'editor' })
  @IsIn(ROLES)
  role!: Role;
}
