export interface RuleLine {
  readonly text: string;
  /** One-based. */
  readonly number: number;
}

/** The lines of a list file that say something: no blank ones, no comments. */
export function ruleLines(content: string): RuleLine[] {
  return content
    .split(/\r?\n/)
    .map((line, index) => ({ text: line.replace(/(^|\s)#.*$/, '').trim(), number: index + 1 }))
    .filter((line) => line.text !== '');
}

/** Splits at dots that are not escaped with a backslash, and takes the escapes away: `\.` is a dot, `\\` a backslash. */
export function splitAtDots(text: string): string[] {
  return [...text.matchAll(/(?:\\.|[^.\\]|\\$)+/g)].map(([part]) => part.replace(/\\(.)/g, '$1'));
}
