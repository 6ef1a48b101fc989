import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsString, Matches, MaxLength } from 'class-validator';

/** A name to log in with, unique in the organization. */
export function IsUsername(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({
      example: 'grace',
      maxLength: 150,
      pattern: '^[A-Za-z0-9_.@+-]+$',
      description: 'Letters, digits, . _ @ + -',
    }),
    IsString(),
    MaxLength(150),
    Matches(/^[\w.@+-]+$/, { message: 'username may have letters, digits, and . _ @ + -' }),
  );
}
