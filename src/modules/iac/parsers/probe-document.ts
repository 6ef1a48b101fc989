import type { SourceDocument } from '../../../core/providers/index.js';
import { kustomizationRefusal } from './kubernetes/manifests.js';
import { openDocument } from './open-document.js';
import type { ParseOptions } from './parse-options.js';
import { recognise, settleForm } from './recognise/recognise.js';

/**
 * Reads the beginning of a document and says whether it can be declared state at all.
 *
 * @throws DomainError `IAC.*` as `parseDocument` would, or what opening it failed with
 */
export async function probeDocument(
  source: SourceDocument,
  /** Asked when it is open: some stores know what it is. */
  kind: () => ParseOptions['kind'],
  signal: AbortSignal,
): Promise<void> {
  const document = await openDocument(source, signal);
  try {
    const form = settleForm(document.file, recognise(document), kind() ?? 'auto');
    if (form === 'kustomization') throw kustomizationRefusal(document.file);
  } finally {
    document.close();
  }
}
