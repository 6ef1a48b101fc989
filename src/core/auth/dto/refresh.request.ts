import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';

export class RefreshBody {
  @ApiPropertyOptional({
    minLength: 1,
    maxLength: 200,
    description: 'Left out by browsers, whose token is in the cookie.',
  })
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(200)
  refresh_token?: string;
}
