import type { JsonObject } from '../../../../core/providers/index.js';
import { attemptJson } from '../json/json-failures.js';
import { isObject, member, objectMember, textMember } from '../json/read-json.js';
import type { OpenedDocument } from '../open-document.js';
import { readText } from '../open-document.js';
import { refusal } from '../parse.errors.js';
import type { ParseOptions } from '../parse-options.js';
import { DEFAULT_MAX_DOCUMENT_BYTES } from '../parse-options.js';

/** Format major versions of `terraform show -json` that are understood; 0 is Terraform before 1.1. */
const FORMAT = /^[01]\.\d+$/;

/** Reads the output of `terraform show -json` as a whole. @throws DomainError when it is none or too large */
export async function readShownDocument(
  document: OpenedDocument,
  options: ParseOptions,
): Promise<JsonObject> {
  const { file } = document;
  const limit = options.maxDocumentBytes ?? DEFAULT_MAX_DOCUMENT_BYTES;
  const text = await readText(document, limit, 'the output of `terraform show -json`');
  const attempt = attemptJson(text, file, { line: 1, byte: document.offset });
  if (!attempt.ok) throw attempt.failure;
  const shown = attempt.value;
  const version = textMember(shown, 'format_version') ?? textMember(shown, 'plan_format_version');
  if (!isObject(shown) || (version !== null && !FORMAT.test(version))) {
    throw refusal(
      'SHOW_VERSION',
      file,
      version === null
        ? 'this is not an output of `terraform show -json`'
        : `format version ${version.slice(0, 16)} is newer than DriftGuard knows`,
      'Update DriftGuard, or give the raw state (`terraform state pull`)',
    );
  }
  return shown;
}

/** True when the document describes a plan and not a state. */
export function isPlan(shown: JsonObject): boolean {
  return (
    objectMember(shown, 'planned_values') !== null ||
    objectMember(shown, 'prior_state') !== null ||
    Array.isArray(member(shown, 'resource_changes')) ||
    Array.isArray(member(shown, 'resource_drift'))
  );
}
