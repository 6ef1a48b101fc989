import type {
  AppControllerRoute,
  BullBoardRequest,
  ControllerHandlerReturnType,
} from '@bull-board/api/typings/app';
import type { Job } from 'bull';
import type { BullJobQueue } from '../queue/bull-job-queue.js';
import type { JobEnvelope } from '../queue/job-envelope.js';
import type { BoardAction, BoardActions, BoardCall } from './board-actions.js';

/** What is looked at. Everything the library offers besides is refused. */
const READING = new Set([
  '/api/queues',
  '/api/queues/:queueName/:jobId',
  '/api/queues/:queueName/:jobId/logs',
]);
/** What is done, to one failed job at a time. */
const CHANGING: Readonly<Record<string, BoardAction>> = {
  '/api/queues/:queueName/:jobId/retry': 'retry_job',
  '/api/queues/:queueName/:jobId/clean': 'remove_job',
};

type Answer = ControllerHandlerReturnType;

/** Who asks; known from the session of the request that is being answered. */
export type Caller = () => Pick<BoardCall, 'operator' | 'correlationId'>;

/** Closes every route of the board that is not listed here, and has the others recorded. */
export class BoardRules {
  constructor(
    private readonly queues: BullJobQueue,
    private readonly actions: BoardActions,
    private readonly caller: Caller,
  ) {}

  apply(routes: readonly AppControllerRoute[]): AppControllerRoute[] {
    return routes.map((route) => ({
      ...route,
      handler: (request?: BullBoardRequest) => this.#answer(route, request),
    }));
  }

  async #answer(route: AppControllerRoute, request?: BullBoardRequest): Promise<Answer> {
    const path = [route.route].flat().join();
    const method = [route.method].flat().join();
    if (method === 'get' && READING.has(path)) return route.handler(request);
    const action = method === 'put' ? CHANGING[path] : undefined;
    if (action === undefined || request === undefined) {
      return refusal(
        403,
        'This board shows jobs, and retries or removes failed ones; nothing else.',
      );
    }
    const job = await this.#failedJob(request.params);
    if (job === null) return refusal(409, 'Only a job that has failed is retried or removed.');
    const call = { action, queue: String(request.params.queueName), job, ...this.caller() };
    return this.actions.perform(call, async () => route.handler(request));
  }

  async #failedJob(params: Readonly<Record<string, unknown>>): Promise<Job<JobEnvelope> | null> {
    const { queueName, jobId } = params;
    if (!this.queues.jobs.some(({ queue }) => queue === queueName)) return null;
    const job = await this.queues.bullQueue(String(queueName)).getJob(String(jobId));
    return job !== null && (await job.isFailed()) ? job : null;
  }
}

function refusal(status: 403 | 409, message: string): Answer {
  return { status, body: { error: { key: 'ERRORS.FORBIDDEN' }, message } };
}
