import type { DeclaredRecord } from '../../../../core/providers/index.js';
import { loadContentHasher } from '../bytes/content-hash.js';
import type { OpenedDocument } from '../open-document.js';
import { readText } from '../open-document.js';
import { refusal } from '../parse.errors.js';
import type { ParseOptions } from '../parse-options.js';
import { DEFAULT_MAX_DOCUMENT_BYTES } from '../parse-options.js';
import type { Syntax } from '../recognise/recognise.js';
import { notice } from '../records.js';
import { jsonObjects, yamlObjects } from './manifest-objects.js';
import type { ManifestItem } from './manifest-objects.js';
import { ManifestTally, objectRecords } from './object-records.js';

export function kustomizationRefusal(file: string): Error {
  return refusal(
    'KUSTOMIZATION',
    file,
    'this is a kustomization, which says how manifests are made',
    'Build it first: `kubectl kustomize DIRECTORY > manifests.yaml`',
  );
}

/** Kubernetes manifests: YAML of any number of documents, or JSON; lists are taken apart. @throws DomainError */
export async function* parseManifests(
  document: OpenedDocument,
  syntax: Syntax,
  options: ParseOptions,
): AsyncGenerator<Iterable<DeclaredRecord>> {
  const { file } = document;
  const limit = options.maxDocumentBytes ?? DEFAULT_MAX_DOCUMENT_BYTES;
  const text = await readText(document, limit, 'a file of manifests');
  const manifest = { file, hasher: await loadContentHasher() };
  const items =
    syntax === 'json' ? jsonObjects(text, document.offset, manifest) : yamlObjects(text, manifest);
  yield recordsOf(items, file, options);
}

function* recordsOf(
  items: Iterable<ManifestItem>,
  file: string,
  options: ParseOptions,
): Generator<DeclaredRecord> {
  const tally = new ManifestTally(options);
  const strangers: number[] = [];
  for (const item of items) {
    switch (item.kind) {
      case 'object':
        yield* objectRecords(item.object, options, tally);
        break;
      case 'not an object':
        strangers.push(item.line);
        yield notice(
          'warning',
          'K8S.NOT_AN_OBJECT',
          'A document here is no Kubernetes object: it has no apiVersion or no kind.',
          { file, line: item.line },
        );
        break;
      case 'duplicate key':
        yield notice(
          'warning',
          'K8S.DUPLICATE_KEY',
          `The key ${item.duplicate.key} stands twice in one mapping; the last one counts.`,
          { file, line: item.duplicate.line },
        );
        break;
    }
  }
  if (tally.objects > 0) return;
  const [line = null] = strangers;
  if (line !== null) {
    throw refusal(
      'NO_KUBERNETES_OBJECT',
      file,
      'no document of it has an apiVersion and a kind',
      'Give rendered manifests, for example the output of `kubectl kustomize` or `helm template`',
      { line, byte: null },
    );
  }
  yield notice('warning', 'K8S.EMPTY', 'This file declares no object.', { file, line: null });
}
