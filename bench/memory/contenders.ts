import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileDocument } from '../../src/modules/iac/sources/file-document.js';
import { parseDocument } from '../../src/modules/iac/parsers/parse-document.js';

export interface Measurement {
  readonly seconds: number;
  readonly peakBytes: number;
  /** Null for a contender that does not look into the bytes. */
  readonly resources: number | null;
}

/** What each contender does with the file; the answer is the number of resources. */
export const CONTENDERS: Readonly<Record<string, (file: string) => Promise<number | null>>> = {
  'read the bytes (floor)': async (file) => {
    let bytes = 0;
    for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 }))
      bytes += (chunk as Buffer).length;
    return bytes === 0 ? 0 : null;
  },
  'driftguard parseDocument': async (file) => {
    let resources = 0;
    const signal = new AbortController().signal;
    for await (const record of parseDocument(fileDocument(file), {}, signal)) {
      if (record.kind === 'declared') resources += 1;
    }
    return resources;
  },
  'JSON.parse of the whole file': async (file) => {
    const state = JSON.parse(await readFile(file, 'utf8')) as {
      resources: { instances: unknown[] }[];
    };
    return state.resources.reduce((sum, { instances }) => sum + instances.length, 0);
  },
};
