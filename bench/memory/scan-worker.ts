// One scan, in a process of its own, by the worker's own service; answers a `ScanMeasurement` as JSON.
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../src/app.module.js';
import { loadConfig } from '../../src/core/config/index.js';
import { createSystemContext } from '../../src/core/context/index.js';
import { TenantScope } from '../../src/core/database/index.js';
import { Logger } from '../../src/core/logging/index.js';
import { INVENTORY_FACTORIES, type InventoryFactory } from '../../src/core/providers/index.js';
import { EnvironmentsService } from '../../src/modules/environments/environments.service.js';
import { ProgressReporter } from '../../src/modules/drifts/scans/progress-reporter.js';
import { RunScanService } from '../../src/modules/drifts/scans/run-scan.service.js';
import type { ScanProgress } from '../../src/modules/drifts/scans/scan-lifecycle.js';
import { REGIONS } from '../generate-live.js';

export interface ScanTask {
  readonly what: 'pages' | 'scan';
  readonly organizationId: string;
  readonly environmentId: string;
  readonly scanId: string;
  readonly endpoint: string;
  readonly credentials: Readonly<Record<string, string>>;
}

export interface ScanMeasurement {
  readonly seconds: number;
  readonly peakBytes: number;
  /** Before anything was read. */
  readonly idleBytes: number;
  /** Seconds by the first word of the progress. */
  readonly stages: Readonly<Record<string, number>>;
  readonly resources: number;
}

/** Notes how long each stage of the progress lasted. */
class StageClock extends ProgressReporter {
  readonly stages: Record<string, number> = {};
  private stage = 'Opening';
  private since = performance.now();

  override update(changes: Partial<ScanProgress>): void {
    super.update(changes);
    const [stage = this.stage] = changes.label?.split(' of ')[0]?.split(/ \d/) ?? [];
    if (stage !== this.stage) this.turn(stage);
  }

  turn(stage: string): void {
    const now = performance.now();
    this.stages[this.stage] = (this.stages[this.stage] ?? 0) + (now - this.since) / 1000;
    [this.stage, this.since] = [stage, now];
  }
}

const task = JSON.parse(process.env.BENCH_TASK ?? '{}') as ScanTask;
const app = await NestFactory.createApplicationContext(AppModule.forRoot(loadConfig()), {
  logger: false,
  abortOnError: false,
});
const context = createSystemContext(task.organizationId, 'bench');
const { signal } = new AbortController();

async function readPages(): Promise<number> {
  const factories = app.get<readonly InventoryFactory[]>(INVENTORY_FACTORIES, { strict: false });
  const { endpoint, credentials } = task;
  const inventory = await factories
    .find(({ provider }) => provider === 'aws')
    ?.create({ provider: 'aws', endpoint, regions: REGIONS, credentials });
  if (inventory === undefined) throw new Error('there is no inventory of AWS');
  let resources = 0;
  const scope = { types: ['AWS::EC2::SecurityGroup'], regions: REGIONS, namespaces: [] };
  for await (const record of inventory.list(scope, signal))
    if (record.kind === 'resource') resources += 1;
  await inventory.close();
  return resources;
}

async function scan(clock: StageClock): Promise<number> {
  await app
    .get(EnvironmentsService, { strict: false })
    .replaceCredentials(context, task.environmentId, task.credentials, true);
  await app
    .get(RunScanService, { strict: false })
    .run(context, { ...task, progress: clock, signal });
  return 0;
}

const idleBytes = process.memoryUsage.rss();
const clock = new StageClock(() => Promise.resolve(false), app.get(Logger, { strict: false }));
const started = performance.now();
const resources = await app
  .get(TenantScope, { strict: false })
  .run(context, () => (task.what === 'pages' ? readPages() : scan(clock)));
clock.turn('');
const measurement: ScanMeasurement = {
  seconds: (performance.now() - started) / 1000,
  peakBytes: process.resourceUsage().maxRSS * 1024,
  idleBytes,
  stages: clock.stages,
  resources,
};
await clock.close();
process.stdout.write(`${JSON.stringify(measurement)}\n`);
await app.close();
process.exit(0);
