import { DomainError } from '../../../core/errors/index.js';

/** Where in a document something is wrong. */
export interface Position {
  /** One-based; null where lines are not known. */
  readonly line: number | null;
  /** Zero-based offset in bytes; null where it is not known. */
  readonly byte: number | null;
}

export const NOWHERE: Position = { line: null, byte: null };

function place(file: string, { line, byte }: Position): string {
  const parts = [
    ...(line === null ? [] : [`line ${line}`]),
    ...(byte === null ? [] : [`byte ${byte}`]),
  ];
  return parts.length === 0 ? file : `${file} (${parts.join(', ')})`;
}

/** A document that cannot be read as declared state: what is wrong, where, and the remedy. Content is never quoted. */
export function refusal(
  code: string,
  file: string,
  wrong: string,
  remedy: string,
  position: Position = NOWHERE,
): DomainError {
  return new DomainError({
    code: `IAC.${code}`,
    kind: 'invalid',
    message: `${place(file, position)}: ${wrong}. ${remedy}.`,
    details: { file, ...position },
  });
}

export function jsonSyntax(file: string, expected: string, position: Position): DomainError {
  return refusal(
    'JSON_SYNTAX',
    file,
    `not valid JSON, expected ${expected}`,
    'Write the file again with the tool that made it; do not edit it by hand',
    position,
  );
}

export function jsonTruncated(file: string, position: Position): DomainError {
  return refusal(
    'JSON_TRUNCATED',
    file,
    'the JSON ends before it is complete, so the file was cut off',
    'Copy or download it again, for a state with `terraform state pull > FILE`',
    position,
  );
}

export function tooDeep(file: string, position: Position): DomainError {
  return refusal(
    'TOO_DEEP',
    file,
    'values are nested deeper than any infrastructure code needs',
    'Check that this is the right file',
    position,
  );
}

export function documentTooLarge(file: string, limit: number, what: string): DomainError {
  return refusal(
    'DOCUMENT_TOO_LARGE',
    file,
    `larger than ${String(Math.floor(limit / 1024 / 1024))} MiB, the limit for ${what}, which has to be read as a whole`,
    'Split it, or give the raw Terraform state instead (`terraform state pull`), which is read as a stream of any size',
  );
}

export function notUtf8(file: string, position: Position = NOWHERE): DomainError {
  return refusal(
    'NOT_UTF8',
    file,
    'the text is not UTF-8',
    'Convert it, for example `iconv -f LATIN1 -t UTF-8 FILE`',
    position,
  );
}
