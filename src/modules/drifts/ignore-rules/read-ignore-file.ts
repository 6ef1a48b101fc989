import path from 'node:path';
import { parseAllDocuments } from 'yaml';
import type { JsonObject, JsonValue } from '../../../core/providers/index.js';
import type { IgnoreRule } from '../engine/index.js';
import { readArgoDifferences } from './argo-cd.js';
import { readDriftignore } from './driftignore.js';
import { InvalidIgnoreRules } from './ignore-rules.errors.js';
import { readRules } from './rules-file.js';
import { readTfdriftignore } from './tfdriftignore.js';

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function documentsOf(content: string, file: string): JsonObject[] {
  const documents = parseAllDocuments(content, { maxAliasCount: 100 } as Parameters<
    typeof parseAllDocuments
  >[1]);
  return [...documents].map((document) => {
    const [error] = document.errors;
    if (error) {
      const line = error.linePos?.[0].line;
      throw new InvalidIgnoreRules(
        `${file}${line === undefined ? '' : `:${line}`}: not valid YAML: ${error.message.split('\n')[0] ?? ''}`,
      );
    }
    const value = document.toJS({ maxAliasCount: 100 }) as JsonValue;
    return isObject(value) ? value : {};
  });
}

/** Every `ignoreDifferences` list in an Application, an ApplicationSet template or a bare document. */
function argoEntries(document: JsonObject): JsonObject[] {
  const own = document.ignoreDifferences;
  const spec = document.spec;
  const inside = isObject(spec) ? argoEntries(spec) : [];
  const template = isObject(spec) && isObject(spec.template) ? argoEntries(spec.template) : [];
  return [...(Array.isArray(own) ? own.filter(isObject) : []), ...inside, ...template];
}

/**
 * Reads the ignore rules of one file; its name says which tool it was written for: `.driftignore`, `.tfdriftignore`, or
 * YAML with `rules:` (our own) or `ignoreDifferences:` (Argo CD).
 * @throws InvalidIgnoreRules naming file and place.
 */
export function readIgnoreFile(content: string, file: string): IgnoreRule[] {
  const name = path.basename(file);
  if (name.endsWith('tfdriftignore')) return readTfdriftignore(content, file);
  if (name.endsWith('driftignore')) return readDriftignore(content, file);
  const rules = documentsOf(content, file).flatMap((document) => {
    const argo = argoEntries(document);
    if (argo.length > 0) return readArgoDifferences(argo, file);
    return Array.isArray(document.rules) ? readRules(document.rules, file) : [];
  });
  if (rules.length > 0) return rules;
  throw new InvalidIgnoreRules(
    `${file} holds no ignore rules. Expected lines of a .driftignore or .tfdriftignore, or YAML with "rules:" or "ignoreDifferences:".`,
  );
}
