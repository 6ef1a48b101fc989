import { Injectable, Module, type Type } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { IsString } from 'class-validator';
import { ConfigModule, type ConfigValues } from '../../../src/core/config/index.js';
import { createSystemContext, type TenantContext } from '../../../src/core/context/index.js';
import { DatabaseModule, migrate } from '../../../src/core/database/index.js';
import { DomainError } from '../../../src/core/errors/index.js';
import { LoggingModule } from '../../../src/core/logging/index.js';
import { MetricsModule } from '../../../src/core/metrics/index.js';
import {
  ActiveOrganizations,
  defineJob,
  type JobProcessor,
  JobQueue,
  type JobRun,
  JobWorker,
  ProcessesJob,
  QueueModule,
} from '../../../src/core/queue/index.js';
import { ENTITIES } from '../../../src/entities.js';
import { SecretsModule } from '../../../src/secrets.module.js';
import { testConfig } from '../../support/test-config.js';

class GreetPayload {
  @IsString()
  name!: string;
}

const greet = defineJob({
  name: 'greet',
  queue: `greetings-${process.pid}`,
  payload: GreetPayload,
  attempts: 3,
  backoff: { type: 'fixed', delayMs: 10 },
  dedupeId: (payload) => payload.name,
  timeoutMs: 2000,
  concurrency: 2,
});

type Behaviour = (context: TenantContext, payload: GreetPayload, run: JobRun) => Promise<void>;
let behaviour: Behaviour = async () => undefined;

@ProcessesJob(greet)
class GreetProcessor implements JobProcessor<GreetPayload> {
  process(context: TenantContext, payload: GreetPayload, run: JobRun): Promise<void> {
    return behaviour(context, payload, run);
  }
}

@Injectable()
@ProcessesJob(greet)
class SecondProcessor extends GreetProcessor {}

let isActive = (): boolean => true;
@Module({
  providers: [
    { provide: ActiveOrganizations, useValue: { isActive: () => Promise.resolve(isActive()) } },
  ],
  exports: [ActiveOrganizations],
})
class StandingModule {}

const context = createSystemContext('01980a3e-0000-7000-8000-000000000000', 'test', 'cause-12345');

describe('job queue', () => {
  let app: TestingModule;

  beforeAll(() => migrate(testConfig()));

  afterEach(async () => {
    isActive = () => true;
    await app.close();
  });

  async function start(...providers: Type[]): Promise<JobQueue> {
    return startWith({}, providers);
  }

  async function startWith(
    changes: Partial<ConfigValues>,
    providers: Type[],
    job = greet,
  ): Promise<JobQueue> {
    app = await Test.createTestingModule({
      imports: [
        ConfigModule.forRoot(testConfig({ QUEUE_PREFIX: `test-${Math.random()}`, ...changes })),
        LoggingModule,
        MetricsModule,
        SecretsModule,
        DatabaseModule.forRoot(ENTITIES),
        QueueModule.forRoot([job], { imports: [StandingModule] }),
      ],
      providers,
    }).compile();
    await app.init();
    return app.get(JobQueue);
  }

  it('does a job in the context of who asked for it', async () => {
    const done = Promise.withResolvers<[TenantContext, GreetPayload]>();
    behaviour = async (...[jobContext, payload]) => done.resolve([jobContext, payload]);
    const queue = await start(GreetProcessor);
    app.get(JobWorker).start();
    await queue.enqueue(context, greet, { name: 'Ada' });
    const [jobContext, payload] = await done.promise;
    expect(jobContext).toEqual(context);
    expect(payload).toBeInstanceOf(GreetPayload);
    expect(payload.name).toBe('Ada');
  });

  it('does nothing for an organization that is not active, and keeps the job', async () => {
    const ran: string[] = [];
    behaviour = async (_context, payload) => void ran.push(payload.name);
    isActive = () => false;
    const queue = await start(GreetProcessor);
    app.get(JobWorker).start();
    await queue.enqueue(context, greet, { name: 'Ada' });
    await until(async () => (await queue.depth(greet.queue)).failed === 1);
    expect(ran).toEqual([]);
    isActive = () => true;
    await queue.redrive(greet.queue);
    await until(() => Promise.resolve(ran.length === 1));
  });

  it('stops a running job whose organization is deactivated', async () => {
    const stopped = Promise.withResolvers<unknown>();
    behaviour = (_context, _payload, run) =>
      new Promise((_resolve, reject) => {
        isActive = () => false;
        run.signal.addEventListener('abort', () => {
          stopped.resolve(run.signal.reason);
          reject(run.signal.reason as Error);
        });
      });
    const patient = { ...greet, timeoutMs: 60_000 };
    const queue = await startWith({}, [GreetProcessor], patient);
    app.get(JobWorker).start();
    await queue.enqueue(context, patient, { name: 'Ada' });
    expect(await stopped.promise).toMatchObject({ code: 'JOB.ORGANIZATION_INACTIVE' });
    await until(async () => (await queue.depth(greet.queue)).failed === 1);
  }, 20_000);

  it('takes the same request twice as one while it waits, and again when it is done', async () => {
    const queue = await start(GreetProcessor);
    const first = await queue.enqueue(context, greet, { name: 'Ada' });
    const second = await queue.enqueue(context, greet, { name: 'Ada' });
    const other = await queue.enqueue(context, greet, { name: 'Grace' });
    expect([first.duplicate, second.duplicate, other.duplicate]).toEqual([false, true, false]);
    expect(second.id).toBe(first.id);

    const runs: string[] = [];
    const drained = Promise.withResolvers<undefined>();
    behaviour = async (_context, payload) => {
      runs.push(payload.name);
      if (runs.length === 2) drained.resolve(undefined);
    };
    app.get(JobWorker).start();
    await drained.promise;
    expect(runs.sort()).toEqual(['Ada', 'Grace']);
  });

  it('tries again after a passing failure and gives up on a permanent one', async () => {
    const attempts = { passing: 0, permanent: 0 };
    const finished = Promise.withResolvers<undefined>();
    behaviour = async (_context, payload, run) => {
      if (payload.name === 'permanent') {
        attempts.permanent += 1;
        throw new DomainError({ code: 'GREET.RUDE', kind: 'invalid', message: 'no' });
      }
      attempts.passing = run.attempt;
      if (!run.isLastAttempt) throw new Error('a hiccup');
      finished.resolve(undefined);
    };
    const queue = await start(GreetProcessor);
    app.get(JobWorker).start();
    await queue.enqueue(context, greet, { name: 'permanent' });
    await queue.enqueue(context, greet, { name: 'passing' });
    await finished.promise;
    await settled(async () => (await queue.depth(greet.queue)).failed === 1);
    expect(attempts).toEqual({ passing: 3, permanent: 1 });

    // Redriven, it is done by a processor that has learned better.
    const redriven = Promise.withResolvers<string>();
    behaviour = async (_context, payload) => redriven.resolve(payload.name);
    expect(await queue.redrive(greet.queue)).toBe(1);
    expect(await redriven.promise).toBe('permanent');
  });

  it('aborts what takes too long, and tells it', async () => {
    const impatient = { ...greet, timeoutMs: 50, attempts: 1 };
    const told = Promise.withResolvers<boolean>();
    behaviour = async (_context, _payload, run) => {
      run.signal.addEventListener('abort', () => told.resolve(true));
      await new Promise(() => undefined);
    };
    const queue = await startWith({}, [GreetProcessor], impatient);
    app.get(JobWorker).start();
    await queue.enqueue(context, impatient, { name: 'slow' });
    expect(await told.promise).toBe(true);
    await settled(async () => (await queue.depth(greet.queue)).failed === 1);
  });

  it('says so when Redis cannot be reached, instead of waiting for it', async () => {
    const queue = await startWith({ REDIS_URL: 'redis://127.0.0.1:1/0' }, [GreetProcessor]);
    await expect(queue.enqueue(context, greet, { name: 'Ada' })).rejects.toMatchObject({
      code: 'QUEUE.UNAVAILABLE',
      kind: 'unavailable',
    });
  });

  it('refuses a payload that is not what the job declares', async () => {
    const queue = await start(GreetProcessor);
    const wrong = { name: 'Ada', password: 'x' } as GreetPayload;
    await expect(queue.enqueue(context, greet, wrong)).rejects.toMatchObject({
      code: 'JOB.PAYLOAD_INVALID',
    });
  });

  it('does not start with a job nobody does, or two do', async () => {
    await expect(start()).rejects.toThrow('no processor for greet');
    await app.close();
    await expect(start(GreetProcessor, SecondProcessor)).rejects.toThrow(
      'two processors for greet',
    );
  });
});

async function settled(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10));
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}
