import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, Max, MaxLength, Min } from 'class-validator';

export const DEFAULT_PAGE_SIZE = 50;
export const MAX_PAGE_SIZE = 200;
const MAX_CURSOR_LENGTH = 1000;

/** The query of every list; a list with filters extends it. */
export class PageQuery {
  @ApiPropertyOptional({
    type: 'integer',
    minimum: 1,
    maximum: MAX_PAGE_SIZE,
    default: DEFAULT_PAGE_SIZE,
    description: 'Most entries the page may have.',
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MAX_PAGE_SIZE)
  page_size: number = DEFAULT_PAGE_SIZE;

  @ApiPropertyOptional({ description: '`pagination.next_cursor` of the page before.' })
  @IsOptional()
  @IsString()
  @MaxLength(MAX_CURSOR_LENGTH)
  cursor?: string;
}

export class Pagination {
  @ApiProperty({ type: String, nullable: true, description: 'Null on the last page.' })
  next_cursor!: string | null;

  @ApiProperty({ type: Number, description: 'The page size that was asked for.', example: 50 })
  page_size!: number;

  @ApiProperty({ type: Boolean, example: false })
  has_more!: boolean;
}

/** What every list answers. */
export interface Page<T> {
  readonly data: T[];
  readonly pagination: Pagination;
}

/**
 * Cuts a page from `pageSize + 1` rows: the row too many says that there is more. `cursorOf` is asked for the last
 * row of the page.
 */
export function toPage<T>(
  rows: readonly T[],
  pageSize: number,
  cursorOf: (last: T) => string,
): Page<T> {
  const data = rows.slice(0, pageSize);
  const last = data.at(-1);
  const hasMore = rows.length > pageSize;
  return {
    data,
    pagination: {
      next_cursor: hasMore && last !== undefined ? cursorOf(last) : null,
      page_size: pageSize,
      has_more: hasMore,
    },
  };
}
