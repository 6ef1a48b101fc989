/** One document of a YAML stream, as text. */
export interface YamlPart {
  readonly text: string;
  /** One-based line its text starts on. */
  readonly line: number;
}

const MARKER = /^---(?=[ \t\r\n]|$)/gm;

function linesIn(text: string, from: number, to: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) {
    lines += 1;
  }
  return lines;
}

/**
 * Cuts a YAML stream at its document markers, so that one document at a time is composed. A line that starts with `---` is
 * a marker wherever it stands (YAML 1.2.2, 9.1.2), block scalars included. Parts without content are left out.
 */
export function* splitDocuments(text: string): Generator<YamlPart> {
  let start = 0;
  let line = 1;
  const cut = (end: number): YamlPart | null => {
    const part = { text: text.slice(start, end), line };
    line += linesIn(text, start, end);
    start = end;
    return hasContent(part.text) ? part : null;
  };
  for (const marker of text.matchAll(MARKER)) {
    if (marker.index === start) continue;
    const part = cut(marker.index);
    if (part !== null) yield part;
  }
  const last = cut(text.length);
  if (last !== null) yield last;
}

/** Anything but comments, directives and markers. Line by line, so that long texts cannot make a pattern backtrack. */
function hasContent(text: string): boolean {
  for (let from = 0; from <= text.length;) {
    const stop = text.indexOf('\n', from);
    const end = stop < 0 ? text.length : stop;
    const line = text
      .slice(from, end)
      .replace(/^---(?=\s|$)/, '')
      .trim();
    if (line !== '' && line !== '...' && !line.startsWith('#') && !line.startsWith('%')) {
      return true;
    }
    from = end + 1;
  }
  return false;
}
