export { JobMetrics } from './job-metrics.js';
export { MetricsServer } from './metrics-server.js';
export { MetricsModule } from './metrics.module.js';
export { observeRequests } from './observe-requests.js';
