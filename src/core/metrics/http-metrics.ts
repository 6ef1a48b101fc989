import { Injectable } from '@nestjs/common';
import { Histogram } from 'prom-client';
import { reuse } from './job-metrics.js';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

@Injectable()
export class HttpMetrics {
  readonly #duration = reuse('driftguard_http_request_duration_seconds', (name) => {
    return new Histogram({
      name,
      help: 'Duration of HTTP requests by method, route and status.',
      labelNames: ['method', 'route', 'status'],
      buckets: SECONDS,
    });
  });

  /** `route` is the pattern, never the path: ids would make a series each. */
  observe(request: {
    readonly method: string;
    readonly route: string;
    readonly status: number;
    readonly seconds: number;
  }): void {
    const { seconds, ...labels } = request;
    this.#duration.observe(labels, seconds);
  }
}
