import type { LoggerService } from '@nestjs/common';
import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';
import type { Config } from '../config/index.js';
import { currentScope } from '../context/index.js';
import { maskSecrets } from './redaction.js';

/** Nest's own start-up lines, one per module and route: only for who looks for them. */
const FRAMEWORK_SOURCES = new Set([
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'RouterExplorer',
  'RoutesResolver',
]);

type Level = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

/** One JSON object per line, with the correlation id, organization and user of the current scope. */
export class Logger implements LoggerService {
  readonly #pino: PinoLogger;

  constructor(options: { level: string; destination?: DestinationStream }) {
    const settings = {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label: string) => ({ level: label }) },
      mixin: scopeFields,
    };
    this.#pino =
      options.destination === undefined ? pino(settings) : pino(settings, options.destination);
  }

  static fromConfig(config: Config): Logger {
    return new Logger({ level: config.get('LOG_LEVEL') });
  }

  /** A message with fields of its own; values under secret names are masked. */
  write(level: Level, message: string, fields: Readonly<Record<string, unknown>> = {}): void {
    const { error, ...rest } = fields;
    const masked = maskSecrets(rest) as Record<string, unknown>;
    this.#pino[level](error === undefined ? masked : { ...masked, err: error }, message);
  }

  log(message: unknown, ...rest: unknown[]): void {
    const isFramework = FRAMEWORK_SOURCES.has(String(rest.at(-1)));
    this.#fromNest(isFramework ? 'debug' : 'info', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.#fromNest('fatal', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.#fromNest('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.#fromNest('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.#fromNest('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.#fromNest('trace', message, rest);
  }

  /** Nest passes (message, ...more, source), the name of the class last and for errors the stack before it. */
  #fromNest(level: Level, message: unknown, rest: readonly unknown[]): void {
    const source = typeof rest.at(-1) === 'string' ? rest.at(-1) : undefined;
    const stack = level === 'error' && rest.length > 1 ? rest[0] : undefined;
    const error = message instanceof Error ? message : undefined;
    this.write(level, error?.message ?? (typeof message === 'string' ? message : ''), {
      ...(source === undefined ? {} : { source }),
      ...(stack === undefined ? {} : { stack }),
      ...(error === undefined ? {} : { error }),
      ...(typeof message === 'object' && error === undefined ? { data: message } : {}),
    });
  }
}

function scopeFields(): object {
  const scope = currentScope();
  if (scope === undefined) return {};
  const { tenant } = scope;
  if (tenant === undefined) return { correlation_id: scope.correlationId };
  return {
    correlation_id: scope.correlationId,
    organization_id: tenant.organizationId,
    actor: tenant.actor.id ?? tenant.actor.name,
  };
}
