import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { register } from 'prom-client';
import { Config } from '../config/index.js';
import { TenantMetrics } from './tenant-metrics.js';

const BEARER = /^Bearer +(\S+)$/i;

/** `/metrics` of a process that serves nothing else: a worker. */
@Injectable()
export class MetricsServer implements OnApplicationShutdown {
  #server: Server | undefined;

  constructor(
    private readonly config: Config,
    private readonly tenants: TenantMetrics,
  ) {}

  /** Does nothing without WORKER_METRICS_PORT. @throws Error when the port is taken */
  async start(): Promise<void> {
    const port = this.config.get('WORKER_METRICS_PORT');
    if (port === undefined) return;
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch((error: unknown) => response.destroy(error as Error));
    });
    this.#server.listen(port);
    await once(this.#server, 'listening');
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    const [, token = null] = BEARER.exec(request.headers.authorization ?? '') ?? [];
    const text = (await register.metrics()) + (await this.tenants.exposedTo(token));
    response.writeHead(200, { 'content-type': register.contentType }).end(text);
  }

  onApplicationShutdown(): void {
    this.#server?.close();
    this.#server?.closeAllConnections();
  }
}
