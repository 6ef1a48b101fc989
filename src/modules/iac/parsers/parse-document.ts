import type { DeclaredRecord, SourceDocument } from '../../../core/providers/index.js';
import { readTemplate } from './cloudformation/read-template.js';
import { templateRecords } from './cloudformation/template-records.js';
import { kustomizationRefusal, parseManifests } from './kubernetes/manifests.js';
import type { OpenedDocument } from './open-document.js';
import { openDocument } from './open-document.js';
import type { ParseOptions } from './parse-options.js';
import type { Syntax } from './recognise/recognise.js';
import { recognise, settleForm, wrongKind } from './recognise/recognise.js';
import { planRecords } from './terraform/plan.js';
import { isPlan, readShownDocument } from './terraform/shown-document.js';
import { shownStateRecords } from './terraform/shown-state.js';
import { parseState } from './terraform/state.js';

async function* parseShown(
  document: OpenedDocument,
  options: ParseOptions,
): AsyncGenerator<Iterable<DeclaredRecord>> {
  const { file } = document;
  const { kind = 'auto', context = {} } = options;
  const shown = await readShownDocument(document, options);
  const plan = isPlan(shown);
  if (kind === 'terraform-plan' && !plan) throw wrongKind(file, kind, 'terraform-state');
  if (kind === 'terraform-state' && plan) throw wrongKind(file, kind, 'terraform-plan');
  yield plan ? planRecords(shown, file, context) : shownStateRecords(shown, file, context);
}

async function* parseTemplate(
  document: OpenedDocument,
  syntax: Syntax,
  options: ParseOptions,
): AsyncGenerator<Iterable<DeclaredRecord>> {
  const template = await readTemplate(document, syntax, options);
  yield await templateRecords(template, document.file, options);
}

function batches(
  document: OpenedDocument,
  options: ParseOptions,
): AsyncIterable<Iterable<DeclaredRecord>> {
  const recognition = recognise(document);
  const form = settleForm(document.file, recognition, options.kind ?? 'auto');
  switch (form) {
    case 'terraform-state':
      return parseState(document, options);
    case 'terraform-shown':
      return parseShown(document, options);
    case 'cloudformation':
      return parseTemplate(document, recognition.syntax, options);
    case 'kubernetes':
      return parseManifests(document, recognition.syntax, options);
    case 'kustomization':
      throw kustomizationRefusal(document.file);
  }
}

/**
 * Reads one document of declared state and yields its records in the order of the file.
 *
 * What it is, is told by its content. A raw Terraform state is read as a stream of any size; everything else as a whole, up
 * to `maxDocumentBytes`. Records that were yielded before an error are not the whole document: a caller that keeps them has
 * to keep all or none.
 * @throws DomainError `IAC.*` naming file, position and remedy; or the signal's reason when it aborts
 */
export async function* parseDocument(
  source: SourceDocument,
  options: ParseOptions,
  signal: AbortSignal,
): AsyncGenerator<DeclaredRecord, void, undefined> {
  const document = await openDocument(source, signal);
  try {
    for await (const batch of batches(document, options)) {
      for (const record of batch) yield record;
    }
  } finally {
    document.close();
  }
}
