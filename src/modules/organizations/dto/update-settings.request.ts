import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  IsBoolean,
  IsInt,
  IsOptional,
  IsUrl,
  Max,
  MaxLength,
  Min,
  ValidateIf,
} from 'class-validator';

const SHORTEST_SESSION_SECONDS = 60;
const LONGEST_SESSION_SECONDS = 86_400;

export class UpdateSettingsBody {
  @ApiProperty({ example: true })
  @IsBoolean()
  drift_detection_enabled!: boolean;

  @ApiProperty({ example: true })
  @IsBoolean()
  auto_analysis_enabled!: boolean;

  @ApiProperty({ example: true })
  @IsBoolean()
  email_notifications!: boolean;

  @ApiProperty({ example: false })
  @IsBoolean()
  slack_integration!: boolean;

  @ApiProperty({
    maxLength: 500,
    pattern: '^(https://.+)?$',
    example: '',
    description: 'Empty for none; https only.',
  })
  @ValidateIf((body: UpdateSettingsBody) => body.slack_webhook_url !== '')
  @IsUrl({ protocols: ['https'], require_protocol: true })
  @MaxLength(500)
  slack_webhook_url!: string;

  @ApiProperty({ example: true })
  @IsBoolean()
  audit_logging!: boolean;

  @ApiProperty({
    type: 'integer',
    minimum: SHORTEST_SESSION_SECONDS,
    maximum: LONGEST_SESSION_SECONDS,
    example: 3600,
    description: 'Seconds.',
  })
  @IsInt()
  @Min(SHORTEST_SESSION_SECONDS)
  @Max(LONGEST_SESSION_SECONDS)
  session_timeout!: number;

  @ApiPropertyOptional({ example: false, description: 'Stays as it is when left out.' })
  @IsOptional()
  @IsBoolean()
  two_factor_required?: boolean;
}
