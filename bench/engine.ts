// npm run bench:engine: what comparing costs, beside general diff libraries and the floor (parsing the same bytes).
import { isDeepStrictEqual } from 'node:util';
import fastJsonPatch from 'fast-json-patch';
import { create } from 'jsondiffpatch';
import microdiff from 'microdiff';
import {
  compareResource,
  createEstate,
  DEFAULT_OPTIONS,
  DriftDetector,
} from '../src/modules/drifts/engine/index.js';
import { openKnowledge } from '../src/modules/drifts/knowledge/index.js';
import { asActual, asDeclared, generateBodies } from './engine/generate-estate.js';

const COUNT = Number(process.argv[2] ?? 20_000);
const ROUNDS = 5;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const bodies = generateBodies(COUNT);
const declared = bodies.map((pair, index) => asDeclared(pair.declared, index));
const actual = bodies.map((pair, index) => asActual(pair.actual, index));
const texts = bodies.map(
  (pair) => [JSON.stringify(pair.declared), JSON.stringify(pair.actual)] as const,
);
const bytes = texts.reduce((sum, [left, right]) => sum + left.length + right.length, 0);
const knowledge = openKnowledge();
const scan = { accountId: null, region: null, facts: {}, estate: createEstate(declared, actual) };
const jdp = create({ objectHash: (item) => JSON.stringify(item) });

const contenders: Record<string, () => number> = {
  'JSON.parse of both sides (floor)': () => {
    let sum = 0;
    for (const [left, right] of texts)
      sum +=
        Object.keys(JSON.parse(left) as object).length +
        Object.keys(JSON.parse(right) as object).length;
    return sum;
  },
  'util.isDeepStrictEqual': () =>
    bodies.filter((pair) => !isDeepStrictEqual(pair.declared, pair.actual)).length,
  'driftguard compareResource': () => {
    let findings = 0;
    for (const [index, resource] of declared.entries()) {
      const other = actual[index];
      if (!other) continue;
      const report = compareResource({
        declared: resource,
        actual: other,
        scan,
        knowledge,
        options: DEFAULT_OPTIONS,
      });
      findings += report.findings.length > 0 ? 1 : 0;
    }
    return findings;
  },
  'driftguard match + compare': () => {
    const detector = new DriftDetector({ declared, knowledge });
    for (const resource of actual) detector.observe(resource);
    let findings = 0;
    for (const detection of detector.finish([])) {
      if (detection.kind === 'compared' && detection.report.findings.length > 0) findings += 1;
    }
    return findings;
  },
  microdiff: () => bodies.filter((pair) => microdiff(pair.declared, pair.actual).length > 0).length,
  'fast-json-patch': () =>
    bodies.filter((pair) => fastJsonPatch.compare(pair.declared, pair.actual).length > 0).length,
  jsondiffpatch: () =>
    bodies.filter((pair) => jdp.diff(pair.declared, pair.actual) !== undefined).length,
};

const best = new Map<string, { seconds: number; drifted: number }>();
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, run] of Object.entries(contenders)) {
    const started = performance.now();
    const drifted = run();
    const seconds = (performance.now() - started) / 1000;
    const known = best.get(name);
    if (!known || seconds < known.seconds) best.set(name, { seconds, drifted });
  }
}

const floor = best.get('JSON.parse of both sides (floor)')?.seconds ?? 1;
const peer = best.get('microdiff')?.seconds ?? 1;
say(
  `${COUNT} pairs, ${(bytes / COUNT / 2 / 1000).toFixed(1)} KB each side, 90 % identical, best of ${ROUNDS} rounds`,
);
say(
  `${'contender'.padEnd(34)} ${'pairs/s'.padStart(9)} ${'× microdiff'.padStart(12)} ${'× JSON.parse'.padStart(13)} ${'drifted'.padStart(8)}`,
);
for (const [name, { seconds, drifted }] of best) {
  const shown = name.startsWith('JSON.parse') ? '–' : String(drifted);
  say(
    `${name.padEnd(34)} ${Math.round(COUNT / seconds)
      .toString()
      .padStart(
        9,
      )} ${(peer / seconds).toFixed(2).padStart(12)} ${(floor / seconds).toFixed(2).padStart(13)} ${shown.padStart(8)}`,
  );
}
