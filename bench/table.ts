// Printing, shared by the benchmarks that compare contenders.

export const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** Columns as wide as their widest cell; the first is a name, the others are figures. */
export function printTable(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  for (const row of rows) {
    const cells = row.map((cell, column) => {
      const width = widths[column] ?? 0;
      return column === 0 ? cell.padEnd(width) : cell.padStart(width);
    });
    say(cells.join('  ').trimEnd());
  }
}

/** The number behind `--name`, or the default. @throws Error when what follows is none */
export function numberOption(name: string, fallback: number): number {
  const position = process.argv.indexOf(`--${name}`);
  if (position === -1) return fallback;
  const value = Number(process.argv[position + 1]);
  if (Number.isFinite(value) && value > 0) return value;
  throw new Error(`--${name} needs a number above 0, as in --${name} ${fallback}`);
}
