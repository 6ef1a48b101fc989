import { EntityManager } from '@mikro-orm/postgresql';
import { Controller, Get, Inject, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { HealthIndicatorService } from '@nestjs/terminus';
import type { FastifyReply } from 'fastify';
import { Public } from '../auth/index.js';
import { Operation } from '../http/index.js';
import { JobQueue } from '../queue/index.js';
import { HEALTH_CHECKS, type HealthCheck } from './health-check.js';
import { HealthResponse } from './health.response.js';

const TIMEOUT_MS = 2000;

@ApiTags('health')
@Public()
@Controller('health')
export class HealthController {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly em: EntityManager,
    private readonly queue: JobQueue,
    @Inject(HEALTH_CHECKS) private readonly further: readonly HealthCheck[],
  ) {}

  @Get()
  @Operation({
    id: 'getHealth',
    summary: 'State of the service and of what it depends on',
    response: HealthResponse,
    public: true,
    example: { status: 'ok', checks: { database: 'up', redis: 'up', keys_file: 'up' } },
  })
  health(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthResponse> {
    return this.ready(reply);
  }

  @Get('live')
  @Operation({
    id: 'getLiveness',
    summary: 'Whether the process answers; restart it when it does not',
    response: HealthResponse,
    public: true,
    example: { status: 'ok', checks: {} },
  })
  live(): HealthResponse {
    return { status: 'ok', checks: {} };
  }

  @Get('ready')
  @Operation({
    id: 'getReadiness',
    summary: 'Whether requests can be served: database and Redis answer',
    response: HealthResponse,
    public: true,
    errors: { 503: 'a check is down' },
    example: { status: 'ok', checks: { database: 'up', redis: 'up', keys_file: 'up' } },
  })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthResponse> {
    const [needed, further] = await Promise.all([
      this.#states([
        { name: 'database', check: () => this.em.fork().execute('select 1') },
        { name: 'redis', check: () => this.queue.ping() },
      ]),
      this.#states(this.further),
    ]);
    const checks = { ...needed, ...further };
    if (!areUp(needed)) {
      void reply.status(503);
      return { status: 'error', checks };
    }
    return { status: areUp(further) ? 'ok' : 'degraded', checks };
  }

  async #states(
    checks: readonly { readonly name: string; check(): Promise<unknown> }[],
  ): Promise<Record<string, string>> {
    const results = await Promise.all(
      checks.map((one) =>
        this.indicators
          .check(one.name)
          .attempt(async () => {
            await one.check();
          })
          .withTimeout(TIMEOUT_MS),
      ),
    );
    return Object.fromEntries(
      results.flatMap((result) =>
        Object.entries(result).map(([name, { status }]) => [name, status] as const),
      ),
    );
  }
}

function areUp(states: Readonly<Record<string, string>>): boolean {
  return Object.values(states).every((state) => state === 'up');
}
