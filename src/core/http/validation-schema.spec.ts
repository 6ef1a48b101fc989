import { describe, expect, it } from '@jest/globals';
import { ApiProperty } from '@nestjs/swagger';
import { IsInt, IsNotEmpty, IsOptional, Matches, Max, MaxLength, MinLength } from 'class-validator';
import { DECLARED_PROPERTY } from './request-validation.js';
import { publishValidation } from './validation-schema.js';

function published(target: { readonly prototype: object }, property: string): unknown {
  publishValidation();
  return Reflect.getMetadata(DECLARED_PROPERTY, target.prototype, property);
}

describe('publishValidation', () => {
  it('states the limits of a validator in the schema, the narrowest of each kind', () => {
    class Body {
      @ApiProperty({ description: 'A name.' })
      @IsOptional()
      @IsNotEmpty()
      @MinLength(3)
      @MaxLength(9)
      name?: string;

      @ApiProperty()
      @IsInt()
      @Max(5)
      count!: number;
    }
    const name = published(Body, 'name');
    expect(name).toMatchObject({ description: 'A name.', minLength: 3, maxLength: 9 });
    expect(published(Body, 'count')).toMatchObject({ type: 'integer', maximum: 5 });
  });

  it('writes a pattern so that every reader means the same, and leaves out what it cannot say', () => {
    class Body {
      @ApiProperty()
      @Matches(/^\d{2}\/[\w.]+$/)
      path!: string;

      @ApiProperty()
      @Matches(/^abc$/i)
      word!: string;
    }
    expect(published(Body, 'path')).toMatchObject({ pattern: '^[0-9]{2}/[A-Za-z0-9_.]+$' });
    expect(published(Body, 'word')).not.toHaveProperty('pattern');
  });

  it('refuses a document that promises another limit than the one that holds', () => {
    class Body {
      @ApiProperty({ maxLength: 20 })
      @MaxLength(10)
      name!: string;
    }
    expect(() => published(Body, 'name')).toThrow(
      'Body.name: @ApiProperty says maxLength 20, validated is 10',
    );
  });
});
