import { Readable } from 'node:stream';
import type { SourceDocument } from '../../../core/providers/index.js';
import { kustomizationRefusal } from '../parsers/kubernetes/manifests.js';
import { openDocument, type OpenedDocument } from '../parsers/open-document.js';
import { parseDocument } from '../parsers/parse-document.js';
import type { DocumentKind } from '../parsers/parse-options.js';
import { recognise, settleForm } from '../parsers/recognise/recognise.js';
import { edgeManifests } from './edge-manifests.js';
import { edgeShown } from './edge-shown.js';
import { edgeState } from './edge-state.js';
import { edgeTemplate } from './edge-template.js';
import { SecretRemoval } from './secret-removal.js';
import type { EdgeRules } from './terraform-instance.js';

export interface EdgeOptions {
  readonly kind: 'auto' | DocumentKind;
  /** Names of keys whose values are removed wherever they stand. */
  readonly keys: readonly string[];
}

/** A document that may leave the machine. */
export interface EdgeDocument {
  readonly content: Buffer;
  /** How many values were replaced. */
  readonly removed: number;
  /** Addresses of resources that are not in it, because what they are known by is secret. */
  readonly leftOut: readonly string[];
}

/**
 * Reads a document and writes anew what the comparison needs of it, without secrets. What it does not know is not sent: the document is
 * not copied with holes, it is made of what was understood.
 *
 * @throws DomainError `IAC.*` naming file, position and remedy
 */
export async function removeSecrets(
  source: SourceDocument,
  { kind, keys }: EdgeOptions,
  signal: AbortSignal,
): Promise<EdgeDocument> {
  const removal = new SecretRemoval();
  const leftOut = new Set<string>();
  const rules = {
    removal,
    keys: new Set(keys),
    onLeftOut: (address: string) => void leftOut.add(address),
  };
  const document = await openDocument(source, signal);
  try {
    const content = await written(document, kind, rules);
    await readBack(source.name, content, kind, signal);
    return { content, removed: removal.removed, leftOut: [...leftOut] };
  } finally {
    document.close();
  }
}

function written(
  document: OpenedDocument,
  kind: 'auto' | DocumentKind,
  rules: EdgeRules,
): Promise<Buffer> {
  const recognition = recognise(document);
  const form = settleForm(document.file, recognition, kind);
  switch (form) {
    case 'terraform-state':
      return edgeState(document, rules);
    case 'terraform-shown':
      return edgeShown(document, rules);
    case 'cloudformation':
      return edgeTemplate(document, recognition.syntax, rules);
    case 'kubernetes':
      return edgeManifests(document, recognition.syntax, rules);
    case 'kustomization':
      throw kustomizationRefusal(document.file);
  }
}

/** What the server will do: a document it would refuse is refused here, in the same words. */
async function readBack(
  name: string,
  content: Buffer,
  kind: 'auto' | DocumentKind,
  signal: AbortSignal,
): Promise<void> {
  const open = () => Promise.resolve(Readable.from([content]));
  const records = parseDocument({ name, size: content.length, open }, { kind }, signal);
  let step = await records.next();
  while (step.done !== true) step = await records.next();
}
