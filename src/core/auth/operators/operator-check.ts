import { isIP } from 'node:net';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { AttemptLimiter } from '../../redis/index.js';
import { authErrors } from '../auth.errors.js';
import { bearerOf, noteOperator } from '../request-principal.js';
import type { OperatorAccount } from './operator.entity.js';
import { OperatorEvents } from './operator-events.js';
import { type Operator, Operators } from './operators.js';
import { operatorErrors } from './operators.errors.js';

const WINDOW_SECONDS = 15 * 60;
/** Of one address. */
const MAX_FAILURES = 20;
/** Of one operator whose token is known to who guesses. */
const MAX_WRONG_CODES = 10;

/** Asks who says to be an operator: for their token, and at a sign-in for a code too. */
@Injectable()
export class OperatorCheck {
  constructor(
    private readonly operators: Operators,
    private readonly events: OperatorEvents,
    private readonly limiter: AttemptLimiter,
  ) {}

  /** @throws DomainError `AUTH.REQUIRED`, `AUTH.TOO_MANY_ATTEMPTS` */
  async admit(request: FastifyRequest): Promise<void> {
    const token = bearerOf(request);
    // Asking without one is no guess.
    if (token === null) throw authErrors.required();
    const found = await this.#counted(request.ip, () => this.operators.findByToken(token));
    if (found === null) throw authErrors.required();
    noteOperator(request, found.name);
  }

  /**
   * Token and code together. Recorded, whatever comes of it.
   *
   * @throws DomainError `OPERATOR.SIGN_IN_REFUSED`, `AUTH.TOO_MANY_ATTEMPTS`, `AUTH.TOO_MANY_CODES`
   */
  async signIn(
    proof: { readonly token: string; readonly code: string },
    from: Omit<Operator, 'name'>,
  ): Promise<OperatorAccount> {
    let name = 'unknown';
    const proven = await this.#counted(from.ip, async () => {
      const found = await this.operators.findByToken(proof.token);
      if (found === null) return null;
      name = found.name;
      return (await this.#takeCode(found, proof.code)) ? found : null;
    });
    const refused = { result: 'refused', code: 'OPERATOR.SIGN_IN_REFUSED' };
    await this.events.record({
      operator: name,
      action: 'sign_in',
      ...(proven === null ? { outcome: refused } : {}),
      ip: isIP(from.ip) === 0 ? null : from.ip,
      correlationId: from.correlationId,
    });
    if (proven === null) throw operatorErrors.signInRefused();
    return proven;
  }

  async #takeCode(operator: OperatorAccount, code: string): Promise<boolean> {
    const limit = { name: 'operator/code', who: [operator.id], max: MAX_WRONG_CODES };
    const counted = { ...limit, windowSeconds: WINDOW_SECONDS };
    if (!(await this.limiter.take([counted]))) throw authErrors.tooManyCodes();
    if (!(await this.operators.takeCode(operator, code))) return false;
    await this.limiter.forget(counted);
    return true;
  }

  /** Counted before it is looked at, so that parallel guesses do not slip through; taken back for who is one. */
  async #counted<T>(ip: string, look: () => Promise<T | null>): Promise<T | null> {
    const limit = { name: 'operator', who: [ip], max: MAX_FAILURES, windowSeconds: WINDOW_SECONDS };
    if (!(await this.limiter.take([limit]))) throw authErrors.tooManyAttempts();
    const found = await look();
    if (found !== null) await this.limiter.giveBack([limit]);
    return found;
  }
}
