import { EntityManager } from '@mikro-orm/postgresql';
import { Controller, Get, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { HealthIndicatorService } from '@nestjs/terminus';
import type { FastifyReply } from 'fastify';
import { Public } from '../auth/index.js';
import { Operation } from '../http/index.js';
import { JobQueue } from '../queue/index.js';
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
  ) {}

  @Get()
  @Operation({
    id: 'getHealth',
    summary: 'State of the service and of what it depends on',
    response: HealthResponse,
    public: true,
    example: { status: 'ok', checks: { database: 'up', redis: 'up' } },
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
    example: { status: 'ok', checks: { database: 'up', redis: 'up' } },
  })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthResponse> {
    const results = await Promise.all([
      this.indicators
        .check('database')
        .attempt(async () => {
          await this.em.fork().execute('select 1');
        })
        .withTimeout(TIMEOUT_MS),
      this.indicators
        .check('redis')
        .attempt(() => this.queue.ping())
        .withTimeout(TIMEOUT_MS),
    ]);
    const checks = Object.fromEntries(
      results.flatMap((result) =>
        Object.entries(result).map(([name, { status }]) => [name, status] as const),
      ),
    );
    const isUp = Object.values(checks).every((status) => status === 'up');
    if (!isUp) void reply.status(503);
    return { status: isUp ? 'ok' : 'error', checks };
  }
}
