import { ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, IsOptional } from 'class-validator';

export class UploadSourceQuery {
  @ApiPropertyOptional({
    type: Boolean,
    default: false,
    description: 'Let an older serial of the same Terraform state replace a newer one.',
  })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) =>
    value === 'true' ? true : value === 'false' ? false : value,
  )
  @IsBoolean()
  allow_older: boolean = false;
}
