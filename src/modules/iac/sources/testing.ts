import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { OutboundGuard } from '../../../core/http/outbound/index.js';
import type { SourceDocument, StateSourceAccess } from '../../../core/providers/index.js';
import { STATE_SOURCES } from './catalogue.js';
import { StateSources } from './state-sources.js';

/** A server of this process; `handle` may do to the connection what real ones do. */
export async function serve(
  handle: http.RequestListener,
): Promise<{ readonly host: string; close(): Promise<void> }> {
  const server = http.createServer(handle);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  return {
    host: `127.0.0.1:${port}`,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
      }),
  };
}

export const TEST_ACCESS: StateSourceAccess = {
  outbound: new OutboundGuard(['127.0.0.0/8']),
  localCredentials: false,
  maxBytes: 1024 * 1024,
  idleMs: 5000,
};

export interface ReadDocument extends Pick<
  SourceDocument,
  'name' | 'version' | 'facts' | 'named' | 'workspace' | 'notices'
> {
  readonly content: string;
}

/** Everything behind a URL, read to the end. */
export async function readAll(
  url: string,
  credentials: Readonly<Record<string, string>> = {},
  access: Partial<StateSourceAccess> = {},
  signal = new AbortController().signal,
): Promise<ReadDocument[]> {
  const source = new StateSources(STATE_SOURCES)
    .recognise(url)
    .open(credentials, { ...TEST_ACCESS, ...access });
  const documents: ReadDocument[] = [];
  try {
    for await (const document of source.documents(signal)) {
      const content = await text(await document.open(signal));
      const { name, version = null, facts = {}, named = true } = document;
      const { workspace = null, notices = [] } = document;
      documents.push({ name, version, facts, named, workspace, notices, content });
    }
  } finally {
    await source.close?.();
  }
  return documents;
}
