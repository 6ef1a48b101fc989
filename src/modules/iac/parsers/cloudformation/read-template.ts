import type { JsonObject } from '../../../../core/providers/index.js';
import { attemptJson } from '../json/json-failures.js';
import { childRanges } from '../json/child-ranges.js';
import { isObject, objectMember } from '../json/read-json.js';
import type { OpenedDocument } from '../open-document.js';
import { readText } from '../open-document.js';
import { refusal } from '../parse.errors.js';
import type { ParseOptions } from '../parse-options.js';
import type { Syntax } from '../recognise/recognise.js';
import { LineIndex } from '../text/line-index.js';
import { readYaml } from '../yaml/read-yaml.js';
import type { DuplicateKey } from '../yaml/read-yaml.js';
import { splitDocuments } from '../yaml/split-documents.js';
import { expandShortForm } from './short-forms.js';

/** CloudFormation itself takes 1 MB; processed templates can be longer. */
const MAX_TEMPLATE_BYTES = 16 * 1024 * 1024;

/** Where one resource stands in the template's text. */
export interface ResourcePlace {
  readonly line: number;
  readonly source: string;
}

export interface Template {
  /** Short forms written out as `{ "Fn::…": … }`. */
  readonly body: JsonObject;
  readonly places: ReadonlyMap<string, ResourcePlace>;
  readonly duplicates: readonly DuplicateKey[];
}

function malformed(file: string, wrong: string): Error {
  return refusal(
    'TEMPLATE_MALFORMED',
    file,
    wrong,
    'Check it with `aws cloudformation validate-template --template-body file://FILE`',
  );
}

function readJsonTemplate(text: string, file: string, offset: number): Template {
  const attempt = attemptJson(text, file, { line: 1, byte: offset });
  if (!attempt.ok) throw attempt.failure;
  if (!isObject(attempt.value)) throw malformed(file, 'the template is not a mapping');
  const lines = new LineIndex(text);
  const places = new Map<string, ResourcePlace>();
  for (const { key, start } of childRanges(text, text.indexOf('{'))) {
    if (key !== 'Resources' || text.charAt(start) !== '{') continue;
    for (const child of childRanges(text, start)) {
      const source = text.slice(child.start, child.end);
      if (child.key !== null) places.set(child.key, { line: lines.lineAt(child.start), source });
    }
  }
  return { body: attempt.value, places, duplicates: [] };
}

function readYamlTemplate(text: string, file: string): Template {
  const parts = [...splitDocuments(text)];
  const [part] = parts;
  if (part === undefined || parts.length > 1) {
    throw malformed(file, `a template is one YAML document, and this file has ${parts.length}`);
  }
  const [reading] = readYaml(part, { file, dialect: 'cloudformation', onTag: expandShortForm });
  if (reading === undefined || !isObject(reading.value)) {
    throw malformed(file, 'the template is not a mapping');
  }
  const places = new Map<string, ResourcePlace>();
  for (const { key, line, source } of reading.childrenOf('Resources')) {
    if (key !== null) places.set(key, { line, source });
  }
  return { body: reading.value, places, duplicates: reading.duplicates };
}

/** Reads a template in either syntax. @throws DomainError */
export async function readTemplate(
  document: OpenedDocument,
  syntax: Syntax,
  options: ParseOptions,
): Promise<Template> {
  const { file } = document;
  const limit = Math.min(options.maxDocumentBytes ?? MAX_TEMPLATE_BYTES, MAX_TEMPLATE_BYTES);
  const text = await readText(document, limit, 'a CloudFormation template');
  const template =
    syntax === 'json'
      ? readJsonTemplate(text, file, document.offset)
      : readYamlTemplate(text, file);
  if (objectMember(template.body, 'Resources') === null) {
    throw malformed(file, 'the template has no Resources');
  }
  return template;
}
