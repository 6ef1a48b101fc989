export * from './environment-choices.js';
export { Environment } from './environment.entity.js';
export { EnvironmentCredentials } from './environment-credentials.entity.js';
