// npm run bench:memory: time and peak memory of reading one large state, each contender in a process of its own.
import { execFile } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { stateChunks } from './generate-state.js';
import { CONTENDERS, type Measurement } from './memory/contenders.js';
import { numberOption, printTable, say } from './table.js';

const MEGABYTES = numberOption('megabytes', 500);
const ROUNDS = numberOption('rounds', 2);
const MEASURE = path.join(import.meta.dirname, 'memory/measure.js');
const run = promisify(execFile);

/** The process of a contender that ran out of memory or refused the file is an answer too. */
async function measure(name: string, file: string): Promise<Measurement | string> {
  try {
    const { stdout } = await run(process.execPath, [MEASURE, name, file]);
    return JSON.parse(stdout) as Measurement;
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    return said.split('\n').find((line) => /error|fatal/i.test(line)) ?? 'failed';
  }
}

const folder = await mkdtemp(path.join(os.tmpdir(), 'driftguard-bench-'));
try {
  const file = path.join(folder, 'large.tfstate');
  await pipeline(Readable.from(stateChunks({ bytes: MEGABYTES * 1e6 })), createWriteStream(file));
  const { size } = await stat(file);
  say(`state of ${(size / 1e6).toFixed(0)} MB as Terraform writes it, best of ${ROUNDS} rounds`);
  const rows: string[][] = [];
  for (const name of Object.keys(CONTENDERS)) {
    let best: Measurement | undefined;
    let refusal = '';
    for (let round = 0; round < ROUNDS; round++) {
      const one = await measure(name, file);
      if (typeof one === 'string') refusal = one.slice(0, 60);
      else if (best === undefined || one.seconds < best.seconds) best = one;
    }
    rows.push(
      best === undefined
        ? [name, refusal]
        : [
            name,
            best.seconds.toFixed(2),
            (size / 1e6 / best.seconds).toFixed(0),
            (best.peakBytes / 1e6).toFixed(0),
            (best.peakBytes / size).toFixed(2),
            best.resources === null ? '–' : String(best.resources),
          ],
    );
  }
  printTable([['contender', 'seconds', 'MB/s', 'peak RSS MB', '× file', 'resources'], ...rows]);
} finally {
  await rm(folder, { recursive: true, force: true });
}
