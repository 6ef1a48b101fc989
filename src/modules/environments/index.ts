import { Environment } from './environment.entity.js';
import { EnvironmentCredentials } from './environment-credentials.entity.js';

export * from './environment-choices.js';
export { EnvironmentConnections } from './environment-connections.service.js';
export { Environment } from './environment.entity.js';
export { EnvironmentRepository } from './environment.repository.js';
export { environmentErrors } from './environments.errors.js';
export { EnvironmentsModule } from './environments.module.js';

export const environmentEntities = [Environment, EnvironmentCredentials];
