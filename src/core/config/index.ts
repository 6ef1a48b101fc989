export {
  Config,
  environmentVariables,
  isVariable,
  loadConfig,
  parseConfig,
  parseVariables,
} from './config.js';
export type { ConfigValues, RawVariables, VariableName } from './config.js';
export { renderConfigurationGuide, renderEnvExample } from './config-documents.js';
export { ConfigModule } from './config.module.js';
export { LONGEST_ACCESS_TOKEN_SECONDS, VARIABLES } from './variables.js';
