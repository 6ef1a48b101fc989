import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Where output goes and what it can show. */
export interface Terminal {
  /** Columns to fit into. */
  readonly width: number;
  readonly interactive: boolean;
  write(text: string): void;
  /** `text` in colour, or as it is where colour is off. */
  paint(style: Style, text: string): string;
}

export interface OutputStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Wide enough for a build log, narrow enough to read. */
const DEFAULT_WIDTH = 120;
const NARROWEST = 60;

/**
 * Colour: never with `--no-color` or NO_COLOR (https://no-color.org), always with FORCE_COLOR, otherwise on terminals
 * that are not `dumb`.
 */
export function createTerminal(
  stream: OutputStream,
  environment: Readonly<Record<string, string | undefined>>,
  options: { readonly color?: boolean } = {},
): Terminal {
  const interactive = stream.isTTY === true && environment.TERM !== 'dumb';
  const forced = (environment.FORCE_COLOR ?? '') !== '' && environment.FORCE_COLOR !== '0';
  const colored =
    options.color !== false && (environment.NO_COLOR ?? '') === '' && (interactive || forced);
  const columns = stream.columns ?? Number.parseInt(environment.COLUMNS ?? '', 10);
  return {
    width: Math.max(NARROWEST, columns > 0 ? columns : DEFAULT_WIDTH),
    interactive,
    write: (text) => void stream.write(text),
    paint: (style, text) => (colored ? styleText(style, text, { validateStream: false }) : text),
  };
}
