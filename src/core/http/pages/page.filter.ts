import { type ArgumentsHost, type ExceptionFilter, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Logger } from '../../logging/index.js';
import { type Answer, answerTo, ProblemFilter } from '../problem.filter.js';

/** Whether the answer is for a person at a browser; programs ask for JSON or for anything. */
export function wantsPage(request: FastifyRequest): boolean {
  return /\btext\/html\b/.test(request.headers.accept ?? '');
}

/** Answers with a page what the API answers with problem details; the same line is logged. */
@Injectable()
export abstract class PageFilter implements ExceptionFilter {
  readonly #problems: ProblemFilter;

  constructor(logger: Logger) {
    this.#problems = new ProblemFilter(logger);
  }

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const answer = answerTo(error);
    const text = this.render(answer, request);
    if (text === null) {
      this.#problems.catch(error, host);
      return;
    }
    this.#problems.log(error, answer, request);
    if (reply.sent) return;
    void reply.status(answer.status).header('content-type', 'text/html; charset=utf-8').send(text);
  }

  /** The page; null to answer with problem details after all. */
  protected abstract render(answer: Answer, request: FastifyRequest): string | null;
}
