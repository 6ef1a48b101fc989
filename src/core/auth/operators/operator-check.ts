import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Config } from '../../config/index.js';
import { AttemptLimiter } from '../../redis/index.js';
import { authErrors } from '../auth.errors.js';
import { bearerOf, noteOperator } from '../request-principal.js';
import { Operators } from './operators.js';

/** Of one address, within a quarter of an hour. */
const MAX_FAILURES = 20;
const WINDOW_SECONDS = 15 * 60;

@Injectable()
export class OperatorCheck {
  readonly #operators: Operators;

  constructor(
    config: Config,
    private readonly limiter: AttemptLimiter,
  ) {
    this.#operators = new Operators(config.get('OPERATORS'));
  }

  /** @throws DomainError `AUTH.REQUIRED`, `AUTH.TOO_MANY_ATTEMPTS` */
  async admit(request: FastifyRequest): Promise<void> {
    const limit = { name: 'operator', who: [request.ip], max: MAX_FAILURES };
    if (!(await this.limiter.take([{ ...limit, windowSeconds: WINDOW_SECONDS }]))) {
      throw authErrors.tooManyAttempts();
    }
    const token = bearerOf(request);
    const name = token === null ? null : this.#operators.nameOf(token);
    if (name === null) throw authErrors.required();
    await this.limiter.giveBack([{ ...limit, windowSeconds: WINDOW_SECONDS }]);
    noteOperator(request, name);
  }
}
