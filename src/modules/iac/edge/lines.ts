/** Writes text whose parts begin on the lines they had in the original, as long as there is room. */
export class LineWriter {
  readonly #parts: string[] = [];
  #line = 1;

  /** `line` is one-based; null goes on where the last part ended. */
  write(text: string, line: number | null = null): void {
    if (line !== null && line > this.#line) {
      this.#parts.push('\n'.repeat(line - this.#line));
      this.#line = line;
    }
    this.#parts.push(text);
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#line += 1;
  }

  content(): Buffer {
    return Buffer.from(this.#parts.join(''));
  }
}
