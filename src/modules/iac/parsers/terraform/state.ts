import type { DeclaredRecord, JsonValue } from '../../../../core/providers/index.js';
import { loadContentHasher } from '../bytes/content-hash.js';
import type { StreamedElement } from '../json/element-reader.js';
import { JsonArrayStream } from '../json/json-array-stream.js';
import type { ReadElement } from '../known-elements.js';
import type { OpenedDocument } from '../open-document.js';
import type { Position } from '../parse.errors.js';
import { refusal } from '../parse.errors.js';
import type { ParseOptions } from '../parse-options.js';
import { DEFAULT_MAX_RESOURCE_BYTES } from '../parse-options.js';
import { notice } from '../records.js';
import { RemovedWatch } from '../removed-values.js';
import type { StateTally } from './state-resource.js';
import { readElement } from './state-resource.js';

const STATE_VERSION = 4;

/** Top-level keys that tell which kind of state this is, and whether we can read it. */
class StateHeader {
  private version: JsonValue = null;

  constructor(private readonly file: string) {}

  onKey(key: string, position: Position): void {
    if (key === 'encrypted_data') {
      throw refusal(
        'STATE_ENCRYPTED',
        this.file,
        'this state is encrypted by OpenTofu',
        'Give the output of `tofu show -json`, or of `tofu state pull`, which both decrypt it',
        position,
      );
    }
    if (key === 'modules') throw this.tooOld('3 or older', position);
  }

  onScalar(key: string, value: JsonValue, position: Position): void {
    if (key !== 'version') return;
    this.version = value;
    if (typeof value !== 'number') return;
    if (value < STATE_VERSION) throw this.tooOld(String(value), position);
    if (value > STATE_VERSION) {
      throw refusal(
        'STATE_VERSION',
        this.file,
        `state version ${value} is newer than version 4, the one DriftGuard reads`,
        'Give the output of `terraform show -json` instead, whose format is stable',
        position,
      );
    }
  }

  /** At the end of the document, because `version` may come last. */
  check(): void {
    if (this.version === STATE_VERSION) return;
    throw refusal(
      'STATE_VERSION',
      this.file,
      'this looks like a Terraform state, but it has no "version": 4',
      'Write it again with `terraform state pull`',
    );
  }

  private tooOld(version: string, position: Position): Error {
    return refusal(
      'STATE_VERSION',
      this.file,
      `state version ${version} was written by Terraform 0.11 or older`,
      'Upgrade it by running `terraform apply -refresh-only` with Terraform 0.12 or newer',
      position,
    );
  }
}

/** A Terraform or OpenTofu state of version 4, as a stream; one batch of records per chunk that was read. */
export async function* parseState(
  document: OpenedDocument,
  options: ParseOptions,
): AsyncGenerator<readonly DeclaredRecord[]> {
  const { file } = document;
  const header = new StateHeader(file);
  const tally: StateTally = { resources: 0, dataSources: 0 };
  const watch = new RemovedWatch();
  const context = { ...options.context, mayBeRemoved: () => watch.seen };
  const stream = new JsonArrayStream({
    file,
    arrayKey: 'resources',
    onKey: header.onKey.bind(header),
    onScalar: (key, value, position) => {
      header.onScalar(key, value, position);
      options.onStateHeader?.(key, value);
    },
    maxElementBytes: options.maxResourceBytes ?? DEFAULT_MAX_RESOURCE_BYTES,
    hasher: await loadContentHasher(),
    offset: document.offset,
    known: options.known,
  });
  for await (const chunk of document.chunks()) {
    const batch: DeclaredRecord[] = [];
    watch.look(chunk);
    for (const element of stream.push(chunk)) {
      const read = element.known ?? learnt(readElement(element, file, context), element, options);
      tally.resources += read.resources;
      tally.dataSources += read.dataSources;
      for (const record of read.records) batch.push(record);
    }
    if (batch.length > 0) yield batch;
  }
  stream.finish();
  header.check();
  yield closingNotices(file, tally);
}

function learnt(
  read: ReadElement,
  { contentHash }: StreamedElement,
  { known }: ParseOptions,
): ReadElement {
  return known === undefined ? read : known.learn(contentHash, read);
}

function closingNotices(file: string, tally: StateTally): DeclaredRecord[] {
  const location = { file, line: null };
  const notices: DeclaredRecord[] = [];
  if (tally.dataSources > 0) {
    const count = tally.dataSources;
    notices.push(
      notice(
        'info',
        'STATE.DATA_SOURCES',
        `${count} data source${count === 1 ? ' is' : 's are'} only read by this code, not managed by it, and not compared.`,
        location,
      ),
    );
  }
  if (tally.resources === 0) {
    notices.push(
      notice('warning', 'STATE.EMPTY', 'This state declares no managed resource.', location),
    );
  }
  return notices;
}
