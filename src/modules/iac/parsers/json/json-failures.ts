import { isUtf8 } from 'node:buffer';

import type { JsonValue } from '../../../../core/providers/index.js';
import type { Position } from '../parse.errors.js';
import { jsonSyntax, jsonTruncated, notUtf8, tooDeep } from '../parse.errors.js';
import { locateSyntaxError } from './locate-syntax-error.js';
import { parseJson, TooDeepError } from './parse-json.js';

/** The position of `text[index]`, when the text itself starts at `origin`. */
export function positionInText(text: string, index: number, origin: Position): Position {
  const before = text.slice(0, index);
  const lines = before.split('\n').length - 1;
  return {
    line: origin.line === null ? null : origin.line + lines,
    byte: origin.byte === null ? null : origin.byte + Buffer.byteLength(before),
  };
}

/** What a parsed text is, or where it stops being JSON. `complete` is false when it only lacks its end. */
export type ParseAttempt =
  | { readonly ok: true; readonly value: JsonValue }
  | { readonly ok: false; readonly complete: boolean; readonly failure: Error };

/** Parses a slice of a document; failures carry the place in the document and never its content. */
export function attemptJson(text: string, file: string, origin: Position): ParseAttempt {
  try {
    return { ok: true, value: parseJson(text) };
  } catch (error) {
    if (error instanceof TooDeepError) {
      return { ok: false, complete: true, failure: tooDeep(file, origin) };
    }
    if (!(error instanceof SyntaxError)) throw error;
    const fault = locateSyntaxError(text);
    if (fault === null) throw error;
    const position = positionInText(text, fault.index, origin);
    const complete = fault.index < text.length;
    const failure = complete
      ? jsonSyntax(file, fault.expected, position)
      : jsonTruncated(file, position);
    return { ok: false, complete, failure };
  }
}

/** Decodes UTF-8 strictly: a replacement character would be compared as if somebody had declared it. */
export function decodeUtf8(bytes: Buffer, file: string, origin: Position): string {
  if (!isUtf8(bytes)) throw notUtf8(file, origin);
  return bytes.toString('utf8');
}
