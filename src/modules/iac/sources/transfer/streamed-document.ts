import type { Readable } from 'node:stream';
import type {
  SourceDocument,
  SourceNotice,
  StateSourceAccess,
  WorkspaceFacts,
} from '../../../../core/providers/index.js';
import { checkedBody } from './checked-body.js';
import { connectionFailure } from './failures.js';

/** What a store answers to a request for a document. */
export interface Delivery {
  readonly body: Readable;
  /** Bytes as announced; null when it was not said. */
  readonly size: number | null;
  readonly version: string | null;
  readonly workspace?: WorkspaceFacts;
  readonly notices?: readonly SourceNotice[];
}

/** A document that streams from its store, checked on the way. */
export class StreamedDocument implements SourceDocument {
  size: number | null = null;
  version: string | null = null;
  workspace: WorkspaceFacts | null = null;
  notices: readonly SourceNotice[] = [];

  constructor(
    readonly name: string,
    private readonly access: Pick<StateSourceAccess, 'maxBytes' | 'idleMs'>,
    private readonly fetch: (signal: AbortSignal) => Promise<Delivery>,
    readonly named = true,
  ) {}

  async open(signal: AbortSignal): Promise<Readable> {
    signal.throwIfAborted();
    const { name, access } = this;
    try {
      const { body, size, version, workspace, notices } = await this.fetch(signal);
      this.size = size;
      this.version = version;
      this.workspace = workspace ?? null;
      this.notices = notices ?? [];
      return checkedBody(body, { source: name, ...access, expected: size, signal });
    } catch (error) {
      throw connectionFailure(name, error, signal);
    }
  }
}
