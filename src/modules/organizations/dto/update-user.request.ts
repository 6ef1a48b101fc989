import { ApiProperty } from '@nestjs/swagger';
import { IsBoolean, IsEmail, IsIn, MaxLength } from 'class-validator';
import { type Role, ROLES } from '../../../core/context/index.js';

export class UpdateUserBody {
  @ApiProperty({ format: 'email', example: 'grace@acme.example', maxLength: 254 })
  @IsEmail()
  @MaxLength(254)
  email!: string;

  @ApiProperty({ enum: ROLES, example: 'editor' })
  @IsIn(ROLES)
  role!: Role;

  @ApiProperty({ example: true, description: 'False ends every session of the user at once.' })
  @IsBoolean()
  is_active!: boolean;
}
