import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '../../../core/auth/index.js';

/** A password somebody chooses; the policy looks at the rest. */
export function IsNewPassword(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      format: 'password',
      example: 'correct horse battery staple',
      minLength: MIN_PASSWORD_LENGTH,
      maxLength: MAX_PASSWORD_LENGTH,
      description: 'Any characters. Common passwords and the names of the account are refused.',
    }),
    IsString(),
    MinLength(MIN_PASSWORD_LENGTH),
    MaxLength(MAX_PASSWORD_LENGTH),
  );
}

/** The token at the end of a mailed link. */
export function IsLinkToken(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      example: 'dgl_AZgKPgAAcACAAAAAAAAAAAGYCj4AAHAAgAAAAAAAAAAB…',
      maxLength: 200,
      description: 'What stands after `#token=` in the mailed link.',
    }),
    IsString(),
    MaxLength(200),
  );
}
