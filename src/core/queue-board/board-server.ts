import type { AppControllerRoute, ControllerHandlerReturnType } from '@bull-board/api/typings/app';
import { FastifyAdapter } from '@bull-board/fastify';
import { DomainError, statusOf } from '../errors/index.js';
import type { Logger } from '../logging/index.js';
import type { BoardRules } from './board-rules.js';

/** The library's server, with our rules on its routes and no internals in its errors. */
export class BoardServer extends FastifyAdapter {
  constructor(
    private readonly rules: BoardRules,
    private readonly logger: Logger,
  ) {
    super();
  }

  override setApiRoutes(routes: AppControllerRoute[]): FastifyAdapter {
    return super.setApiRoutes(this.rules.apply(routes));
  }

  override setErrorHandler(): this {
    return super.setErrorHandler((error) => this.#answerTo(error));
  }

  #answerTo(error: Error): ControllerHandlerReturnType {
    const key = 'ERRORS.INTERNAL_SERVER_ERROR';
    if (error instanceof DomainError) {
      this.logger.write(error.logLevel, 'the queue board refused', { code: error.code });
      const status = statusOf(error.kind) as 400;
      return { status, body: { error: { key }, message: error.message } };
    }
    this.logger.write('error', 'the queue board failed', { error });
    return { status: 500, body: { error: { key } } };
  }
}
