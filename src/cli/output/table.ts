import { displayWidth, padEnd, wrap } from './text.js';

export interface Column {
  readonly title: string;
  /** Never narrower than this, however little room there is. */
  readonly min: number;
  /** Takes a share of the spare room; without it the column is as wide as its content. */
  readonly grow?: number;
}

export interface Cell {
  /** On one line; what the column's width is measured by. */
  readonly text: string;
  /** How it is laid out when it gets `width` columns; default: wrapped at separators. */
  readonly lines?: (width: number) => readonly string[];
  /** Applied to each printed line of the cell, after measuring. */
  readonly paint?: (text: string) => string;
}

const GAP = '  ';

/** Lays out rows in at most `width` columns; a cell may take several lines. Lines carry no trailing blanks. */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  options: { readonly width: number; readonly indent?: string; readonly heading?: Cell['paint'] },
): string {
  const indent = options.indent ?? '';
  const widths = columnWidths(columns, rows, options.width - indent.length);
  const heading = columns.map(({ title }) => cell(title, options.heading));
  return [heading, ...rows].map((row) => renderRow(row, widths, indent)).join('');
}

export function cell(text: string, paint?: (text: string) => string): Cell {
  return paint === undefined ? { text } : { text, paint };
}

function columnWidths(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  width: number,
): number[] {
  const wanted = columns.map(({ title, min }, index) =>
    Math.max(min, displayWidth(title), ...rows.map((row) => displayWidth(row[index]?.text ?? ''))),
  );
  let excess = sum(wanted) + GAP.length * (columns.length - 1) - width;
  // The widest growing column gives first, so that short ones stay on one line.
  while (excess > 0) {
    const index = widestShrinkable(columns, wanted);
    if (index === -1) break;
    wanted[index] = (wanted[index] ?? 0) - 1;
    excess--;
  }
  return wanted;
}

function widestShrinkable(columns: readonly Column[], widths: readonly number[]): number {
  let found = -1;
  let weight = 0;
  columns.forEach(({ grow, min, title }, index) => {
    const width = widths[index] ?? 0;
    const weighted = grow === undefined ? 0 : width / grow;
    if (weighted > weight && width > Math.max(min, title.length)) {
      found = index;
      weight = weighted;
    }
  });
  return found;
}

function renderRow(row: readonly Cell[], widths: readonly number[], indent: string): string {
  const cells = row.map(({ text, lines, paint }, index) => {
    const width = widths[index] ?? 0;
    return {
      lines: lines?.(width) ?? wrap(text, width),
      width,
      paint: paint ?? ((line: string) => line),
    };
  });
  const height = Math.max(...cells.map(({ lines }) => lines.length));
  let output = '';
  for (let line = 0; line < height; line++) {
    const parts = cells.map(({ lines, width, paint }) => {
      const text = lines[line] ?? '';
      return text === '' ? ' '.repeat(width) : padEnd(paint(text), width);
    });
    output += `${(indent + parts.join(GAP)).trimEnd()}\n`;
  }
  return output;
}

const sum = (numbers: readonly number[]): number =>
  numbers.reduce((total, number) => total + number, 0);
