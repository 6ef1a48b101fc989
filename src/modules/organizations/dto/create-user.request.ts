import { ApiProperty } from '@nestjs/swagger';
import { IsEmail, IsIn, IsString, Matches, MaxLength } from 'class-validator';
import { type Role, ROLES } from '../../../core/context/index.js';

export class CreateUserBody {
  @ApiProperty({ example: 'grace', maxLength: 150, description: 'Letters, digits, . _ @ + -' })
  @IsString()
  @MaxLength(150)
  @Matches(/^[\w.@+-]+$/, { message: 'username may have letters, digits, and . _ @ + -' })
  username!: string;

  @ApiProperty({ example: 'grace@acme.example', maxLength: 254 })
  @IsEmail()
  @MaxLength(254)
  email!: string;

  @ApiProperty({ enum: ROLES, example: 'editor' })
  @IsIn(ROLES)
  role!: Role;
}
