/** Turns indexes of a text into line numbers; finds the line breaks once, when first asked. */
export class LineIndex {
  private starts: number[] | undefined;

  /** @param firstLine line the text starts on in its file, one-based */
  constructor(
    private readonly text: string,
    private readonly firstLine = 1,
  ) {}

  lineAt(index: number): number {
    this.starts ??= this.findStarts();
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= index) low = middle;
      else high = middle - 1;
    }
    return this.firstLine + low;
  }

  private findStarts(): number[] {
    const starts = [0];
    for (let at = this.text.indexOf('\n'); at >= 0; at = this.text.indexOf('\n', at + 1)) {
      starts.push(at + 1);
    }
    return starts;
  }
}
