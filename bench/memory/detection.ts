// Both sides of a large estate through the engine as the worker runs it, without database and network; answers bytes by stage.
import { Readable } from 'node:stream';
import { parseDocument } from '../../src/modules/iac/index.js';
import { readItem } from '../../src/services/aws/configuration-item.js';
import type { DeclaredResource } from '../../src/core/providers/index.js';
import { contentHasher } from '../../src/core/providers/content-hash.js';
import { ScanMemory } from '../../src/modules/drifts/detection/scan-memory.js';
import { DriftDetector } from '../../src/modules/drifts/engine/index.js';
import { openKnowledge } from '../../src/modules/drifts/knowledge/index.js';
import { liveGroup, REGIONS, stateText } from '../generate-live.js';

const COUNT = Number(process.argv[2] ?? 100_000);
const IN_MEMORY = process.argv[3] === 'in-memory';
const share = Math.ceil(COUNT / REGIONS.length);
const megabytes = (): string => (process.memoryUsage.rss() / 1e6).toFixed(0);
const started = performance.now();
const say = (stage: string): void => {
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${stage}: ${megabytes()} MB, ${seconds} s\n`);
};

const hash = await contentHasher();
const knowledge = openKnowledge();
const memory = new ScanMemory({ version: 'bench', hash, isSecret: () => false });
say('start');
const document = {
  name: 'terraform.tfstate',
  size: null,
  open: () =>
    Promise.resolve(
      Readable.from(stateText(COUNT), { objectMode: true }).map((text: string) =>
        Buffer.from(text),
      ),
    ),
};
const declared: DeclaredResource[] = [];
const known = IN_MEMORY ? undefined : memory.elementsOf('source', {}, knowledge);
for await (const record of parseDocument(document, { known }, new AbortController().signal)) {
  if (record.kind !== 'declared') continue;
  declared.push(IN_MEMORY ? record.resource : memory.bodies.declared(record.resource, 'source'));
}
say(`${declared.length} declared`);
const detector = new DriftDetector({ declared, knowledge, ...(IN_MEMORY ? {} : { memory }) });
say('indexed');
let observed = 0;
for (const [number, region] of REGIONS.entries()) {
  for (let index = number * share; index < Math.min(COUNT, (number + 1) * share); index++) {
    const item = readItem(JSON.stringify(liveGroup(index, region)), hash);
    if (typeof item === 'string') continue;
    detector.observe(IN_MEMORY ? item : memory.bodies.actual(item));
    observed += 1;
    if (observed % 250 === 0) await new Promise(setImmediate);
  }
}
say(`${observed} live`);
let compared = 0;
for (const { kind } of detector.finish([])) {
  if (kind === 'compared') compared += 1;
  if (compared % 250 === 0) await new Promise(setImmediate);
}
say(`${compared} compared`);
process.stdout.write(`peak ${((process.resourceUsage().maxRSS * 1024) / 1e6).toFixed(0)} MB\n`);
memory.close();
