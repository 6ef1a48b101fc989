import { stripVTControlCharacters } from 'node:util';

/** Names and values come from clouds and files: a terminal must never obey what they contain. */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replaceAll(
    /\p{Cc}|\p{Cf}/gu,
    (character) => `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}

/** Columns `text` takes, escape sequences not counted; wide East Asian characters take two. */
export function displayWidth(text: string): number {
  const plain = stripVTControlCharacters(text);
  let width = 0;
  for (const character of plain) width += WIDE.test(character) ? 2 : 1;
  return width;
}

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - displayWidth(text)));
}

/** Cuts the end off. */
export function truncate(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  let kept = '';
  let used = 1;
  for (const character of text) {
    used += displayWidth(character);
    if (used > width) break;
    kept += character;
  }
  return `${kept}…`;
}

/** Where a line may break, best places first. */
const BREAKS = [/(?<=[\s,])/, /(?<=[./\]])/, /(?<=[_:-])/];

/** Breaks a text after its separators where it can, so the pieces stay readable; loses nothing but blanks at line ends. */
export function wrap(text: string, width: number): string[] {
  return breakUp(text, width, BREAKS).map((line) => line.trimEnd());
}

function breakUp(text: string, width: number, breaks: readonly RegExp[]): string[] {
  if (displayWidth(text.trimEnd()) <= width) return [text];
  const [separator, ...finer] = breaks;
  if (separator === undefined) return cutUp(text, width);
  const lines: string[] = [];
  let line = '';
  for (const piece of text.split(separator)) {
    if (displayWidth((line + piece).trimEnd()) <= width) {
      line += piece;
      continue;
    }
    if (line !== '') lines.push(line);
    const parts = breakUp(piece, width, finer);
    lines.push(...parts.slice(0, -1));
    line = parts.at(-1) ?? '';
  }
  return line === '' ? lines : [...lines, line];
}

function cutUp(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const character of text) {
    if (displayWidth(line + character) > width) {
      lines.push(line);
      line = '';
    }
    line += character;
  }
  return [...lines, line];
}

/** `1 drift`, `2 drifts`; thousands separated as everywhere in the output. */
export function count(amount: number, singular: string, plural = `${singular}s`): string {
  return `${amount.toLocaleString('en-US')} ${amount === 1 ? singular : plural}`;
}
