// One contender, one file, one process; answers a `Measurement` as JSON.
import { CONTENDERS, type Measurement } from './contenders.js';

const [name = '', file = ''] = process.argv.slice(2);
const contender = CONTENDERS[name];
if (contender === undefined) throw new Error(`no contender is called ${name}`);
const started = performance.now();
const resources = await contender(file);
const measurement: Measurement = {
  seconds: (performance.now() - started) / 1000,
  // Kilobytes, on every system Node runs on.
  peakBytes: process.resourceUsage().maxRSS * 1024,
  resources,
};
process.stdout.write(JSON.stringify(measurement));
