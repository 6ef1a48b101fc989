export { Logger } from './logger.js';
export { LoggingModule } from './logging.module.js';
export { isSecretName, MASK, maskSecrets } from './redaction.js';
