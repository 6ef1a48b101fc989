import { ApiProperty } from '@nestjs/swagger';
import { IsEmail, IsNotEmpty, IsString, MaxLength } from 'class-validator';

export class UpdateOrganizationBody {
  @ApiProperty({ minLength: 1, maxLength: 255, example: 'Acme Cloud' })
  @IsString()
  @IsNotEmpty()
  @MaxLength(255)
  name!: string;

  @ApiProperty({ maxLength: 5000, example: 'Everything that runs the shop.' })
  @IsString()
  @MaxLength(5000)
  description!: string;

  @ApiProperty({ format: 'email', maxLength: 254, example: 'platform@acme.example' })
  @IsEmail()
  @MaxLength(254)
  contact_email!: string;
}
