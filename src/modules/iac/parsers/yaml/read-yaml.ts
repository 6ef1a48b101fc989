import type { Document, Node, ParsedNode } from 'yaml';
import { isMap, isScalar, isSeq, parseAllDocuments } from 'yaml';

import type { DomainError } from '../../../../core/errors/index.js';
import type { JsonValue } from '../../../../core/providers/index.js';
import type { Position } from '../parse.errors.js';
import { refusal, tooDeep } from '../parse.errors.js';
import { LineIndex } from '../text/line-index.js';
import type { YamlDialect } from './plain-scalar.js';
import type { YamlPart } from './split-documents.js';
import { YamlConversionError, YamlToJson } from './yaml-to-json.js';

/** Composing takes about fifty times the memory of the text. */
export const MAX_YAML_DOCUMENT_BYTES = 32 * 1024 * 1024;

/** A value below a YAML document, with its place and its own text. */
export interface YamlChild {
  /** Key in a mapping; null in a sequence. */
  readonly key: string | null;
  /** One-based, in the file. */
  readonly line: number;
  /** The text it was read from, for hashing. */
  readonly source: string;
}

export interface DuplicateKey {
  readonly key: string;
  readonly line: number;
}

export interface YamlReading {
  readonly value: JsonValue;
  /** One-based line of the first content. */
  readonly line: number;
  readonly source: string;
  readonly duplicates: readonly DuplicateKey[];
  /** Children of the mapping or sequence under a top-level key; empty when there is none. */
  childrenOf(key: string): readonly YamlChild[];
}

export interface YamlReadOptions {
  readonly file: string;
  readonly dialect: YamlDialect;
  readonly onTag?: (tag: string, value: JsonValue) => JsonValue;
}

function lineOf(part: YamlPart, index: number): number {
  return new LineIndex(part.text, part.line).lineAt(index);
}

export function notRendered(file: string, position: Position): DomainError {
  return refusal(
    'NOT_RENDERED',
    file,
    'this is a template with {{ }} expressions, not the manifests it makes',
    'Render it first, for example `helm template RELEASE CHART > manifests.yaml`',
    position,
  );
}

function yamlSyntax(part: YamlPart, index: number, options: YamlReadOptions): DomainError {
  const position = { line: lineOf(part, index), byte: null };
  if (part.text.includes('{{')) return notRendered(options.file, position);
  return refusal(
    'YAML_SYNTAX',
    options.file,
    'not valid YAML',
    'Check the indentation and quotes there, for example with yamllint',
    position,
  );
}

function conversionFailure(
  error: YamlConversionError,
  part: YamlPart,
  options: YamlReadOptions,
): DomainError {
  const position = {
    line: error.index === null ? part.line : lineOf(part, error.index),
    byte: null,
  };
  const { file } = options;
  switch (error.problem) {
    case 'too deep':
      return tooDeep(file, position);
    case 'too many aliases':
      return refusal(
        'YAML_ALIASES',
        file,
        'aliases multiply this document beyond all bounds',
        'Write the values out',
        position,
      );
    case 'unknown alias':
    case 'bad merge':
    case 'key is no text':
      return yamlSyntax(part, error.index ?? 0, options);
  }
}

function compose(part: YamlPart, options: YamlReadOptions): Document.Parsed[] {
  if (part.text.length > MAX_YAML_DOCUMENT_BYTES) {
    throw refusal(
      'DOCUMENT_TOO_LARGE',
      options.file,
      'one YAML document is larger than 32 MiB',
      'Split it with `---`, or write it as JSON',
      { line: part.line, byte: null },
    );
  }
  try {
    // The failsafe schema leaves every scalar a text; what it means is decided by dialect, not by the library's version.
    const found = parseAllDocuments(part.text, {
      version: '1.1',
      schema: 'failsafe',
      resolveKnownTags: false,
      merge: false,
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'silent',
    });
    return 'empty' in found ? [] : found;
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(options.file, { line: part.line, byte: null });
    throw error;
  }
}

function childNodes(
  contents: ParsedNode | null,
  key: string,
): readonly [Node | null, Node | null][] {
  if (!isMap<Node, Node | null>(contents)) return [];
  const found = contents.items.findLast((pair) => isScalar(pair.key) && pair.key.source === key);
  const value = found?.value;
  if (isMap<Node, Node | null>(value)) return value.items.map((pair) => [pair.key, pair.value]);
  return isSeq<Node>(value) ? value.items.map((item) => [null, item]) : [];
}

function readOne(document: Document.Parsed, part: YamlPart, options: YamlReadOptions): YamlReading {
  const [fault] = document.errors;
  if (fault?.code === 'RESOURCE_EXHAUSTION') {
    throw tooDeep(options.file, { line: lineOf(part, fault.pos[0]), byte: null });
  }
  if (fault !== undefined) throw yamlSyntax(part, fault.pos[0], options);
  const lines = new LineIndex(part.text, part.line);
  const duplicates: DuplicateKey[] = [];
  const converter = new YamlToJson({
    dialect: options.dialect,
    onTag: options.onTag ?? ((_tag, value) => value),
    onDuplicate: (key, index) => {
      duplicates.push({ key, line: lines.lineAt(index ?? 0) });
    },
  });
  const { contents } = document;
  let value: JsonValue;
  try {
    value = converter.convert(contents);
  } catch (error) {
    if (error instanceof YamlConversionError) throw conversionFailure(error, part, options);
    throw error;
  }
  const [from = 0, , to = from] = contents?.range ?? [];
  return {
    value,
    line: lines.lineAt(from),
    source: part.text.slice(from, to),
    duplicates,
    childrenOf: (key) =>
      childNodes(contents, key).map(([keyNode, node]) => {
        const start = keyNode?.range?.[0] ?? node?.range?.[0] ?? 0;
        const stop = node?.range?.[1] ?? keyNode?.range?.[1] ?? start;
        return {
          key: isScalar(keyNode) ? (keyNode.source ?? null) : null,
          line: lines.lineAt(start),
          source: part.text.slice(start, stop),
        };
      }),
  };
}

/** Reads one part of a YAML stream; more than one document when `...` ends one inside it. @throws DomainError */
export function readYaml(part: YamlPart, options: YamlReadOptions): YamlReading[] {
  return compose(part, options)
    .filter(({ contents, errors }) => contents !== null || errors.length > 0)
    .map((document) => readOne(document, part, options));
}
