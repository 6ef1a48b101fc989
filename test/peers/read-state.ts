import { text } from 'node:stream/consumers';
import { OutboundGuard } from '../../src/core/http/outbound/index.js';
import type { DocumentFacts } from '../../src/core/providers/index.js';
import { STATE_SOURCES, StateSources } from '../../src/modules/iac/sources/index.js';

export interface ReadDocument {
  readonly name: string;
  readonly text: string;
  readonly version: string | null;
  readonly facts: DocumentFacts;
}

interface Reading {
  readonly credentials?: Readonly<Record<string, string>>;
  /** Between the listing of a document and its opening. */
  readonly beforeOpening?: () => Promise<unknown>;
}

/** Everything a state source delivers, as the service would read it; the peers' loopback is opened by the operator. */
export async function readState(url: string, reading: Reading = {}): Promise<ReadDocument[]> {
  const source = new StateSources(STATE_SOURCES).recognise(url).open(reading.credentials ?? {}, {
    outbound: new OutboundGuard(['127.0.0.1']),
    localCredentials: false,
    maxBytes: 10 * 1024 * 1024,
    idleMs: 10_000,
  });
  const { signal } = new AbortController();
  try {
    const documents: ReadDocument[] = [];
    for await (const document of source.documents(signal)) {
      await reading.beforeOpening?.();
      const content = await text(await document.open(signal));
      const { name, version = null, facts = {} } = document;
      documents.push({ name, text: content, version, facts });
    }
    return documents;
  } finally {
    await source.close?.();
  }
}

/** A small Terraform state with one bucket of this name. */
export function stateOf(bucket: string): string {
  return JSON.stringify({
    version: 4,
    terraform_version: '1.11.0',
    serial: 1,
    lineage: 'peer',
    outputs: {},
    resources: [
      {
        mode: 'managed',
        type: 'aws_s3_bucket',
        name: 'logs',
        provider: 'provider["registry.terraform.io/hashicorp/aws"]',
        instances: [{ schema_version: 0, attributes: { id: bucket, bucket } }],
      },
    ],
  });
}
