import { createHmac } from 'node:crypto';
import {
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  StreamableFile,
} from '@nestjs/common';
import { map, type Observable } from 'rxjs';
import { Config } from '../../../core/config/index.js';
import { currentTenant, type TenantContext } from '../../../core/context/index.js';

/** Fields of answers that name a person. */
const NAMES = new Set(['actor', 'username', 'email', 'resolved_by_name', 'actors']);
const HEX_DIGITS = 8;

/**
 * Who may not read the users of the organization is told pseudonyms where an answer names people: always the same one for the
 * same person, so that it still shows what belongs together. The own name stays.
 */
@Injectable()
export class PseudonymsInterceptor implements NestInterceptor {
  readonly #key: Buffer;

  constructor(config: Config) {
    this.#key = createHmac('sha256', config.get('SECRET_KEY')).update('pseudonyms').digest();
  }

  intercept(_execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const context = currentTenant();
    if (context === undefined || context.permissions.has('user:read')) return next.handle();
    return next.handle().pipe(map((answer: unknown) => this.pseudonymise(context, answer)));
  }

  pseudonymise(context: TenantContext, answer: unknown): unknown {
    if (Array.isArray(answer)) return answer.map((one) => this.pseudonymise(context, one));
    if (typeof answer !== 'object' || answer === null) return answer;
    if (answer instanceof Date || answer instanceof StreamableFile) return answer;
    const isProgram = 'client' in answer && answer.client === 'controller';
    return Object.fromEntries(
      Object.entries(answer).map(([name, value]) => [
        name,
        NAMES.has(name) && !isProgram
          ? this.#named(context, value)
          : this.pseudonymise(context, value),
      ]),
    );
  }

  #named(context: TenantContext, value: unknown): unknown {
    if (Array.isArray(value)) return value.map((one) => this.#named(context, one));
    if (typeof value !== 'string' || value === '' || value === context.actor.name) return value;
    const mac = createHmac('sha256', this.#key).update(`${context.organizationId}\0${value}`);
    return `person-${mac.digest('hex').slice(0, HEX_DIGITS)}`;
  }
}
