import 'reflect-metadata';
import { createApi } from './api.js';
import { Logger } from './core/logging/index.js';
import { loadDeploymentConfig } from './deployment-config.js';

try {
  const config = await loadDeploymentConfig();
  const app = await createApi(config);
  app.enableShutdownHooks();
  await app.listen(config.get('API_PORT'), config.get('API_HOST'));
  app.get(Logger).write('info', 'the API listens', { address: await app.getUrl() });
} catch (error) {
  const isOccupied = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  const hint = isOccupied ? '. Choose another port with API_PORT.' : '';
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}${hint}\n`);
  // Connections that are already open would keep a process alive that serves nothing.
  process.exit(1);
}
