import { createBullBoard } from '@bull-board/api';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Operators } from '../auth/index.js';
import { currentScope, type Scope } from '../context/index.js';
import { serveWithoutInlineStyles, wantsPage } from '../http/index.js';
import { Logger } from '../logging/index.js';
import { BullJobQueue } from '../queue/bull-job-queue.js';
import { BoardActions } from './board-actions.js';
import { BOARD_PATH, boardCookieOf, isForeign } from './board-cookie.js';
import { BoardQueue } from './board-queue.js';
import { BoardRules } from './board-rules.js';
import { BoardServer } from './board-server.js';
import { BoardSessions } from './board-sessions.js';

const SIGN_IN = `${BOARD_PATH}/sign-in`;

/** Mounts bull-board, behind the session of an operator. After `configureHttp`; nothing of it is a handler of Nest's. */
export async function mountQueueBoard(app: NestFastifyApplication): Promise<void> {
  const queues = app.get(BullJobQueue, { strict: false });
  const callers = new WeakMap<Scope, string>();
  const rules = new BoardRules(queues, app.get(BoardActions, { strict: false }), () => {
    const scope = currentScope();
    const operator = scope === undefined ? undefined : callers.get(scope);
    if (scope === undefined || operator === undefined) throw new Error('nobody signed in');
    return { operator, correlationId: scope.correlationId };
  });
  const server = new BoardServer(rules, app.get(Logger));
  createBullBoard({
    queues: [...new Set(queues.jobs.map((job) => job.queue))].map(
      (name) => new BoardQueue(queues.bullQueue(name), { allowRetries: true }),
    ),
    serverAdapter: server,
    options: {
      uiConfig: {
        boardTitle: 'DriftGuard queues',
        hideRedisDetails: true,
        hideDocsLink: true,
        showMetrics: false,
        showWorkers: false,
        miscLinks: [{ text: 'Sign out', url: `${BOARD_PATH}/sign-out` }],
      },
    },
  });
  server.setBasePath(BOARD_PATH);

  const door = new BoardDoor(
    app.get(Operators, { strict: false }),
    app.get(BoardSessions, { strict: false }),
  );
  serveWithoutInlineStyles(app, BOARD_PATH);
  await app
    .getHttpAdapter()
    .getInstance()
    .register(
      async (board: FastifyInstance) => {
        board.addHook('preHandler', async (request, reply) => {
          const operator = await door.open(request, reply);
          if (operator === null) return reply;
          const scope = currentScope();
          if (scope !== undefined) callers.set(scope, operator);
          return undefined;
        });
        board.addHook('onSend', async (_request, reply, payload) => {
          allowOwnBase(reply);
          return payload;
        });
        await board.register(server.registerPlugin());
      },
      { prefix: BOARD_PATH },
    );
}

/** The library's pages name their folder by a base element; nothing else of the policy is wider here. */
function allowOwnBase(reply: FastifyReply): void {
  const policy = reply.getHeader('content-security-policy');
  if (typeof policy !== 'string') return;
  void reply.header(
    'content-security-policy',
    policy.replace("base-uri 'none'", "base-uri 'self'"),
  );
}

/** Lets nobody in but who signed in; where there is no operator, there is no board. */
class BoardDoor {
  constructor(
    private readonly operators: Operators,
    private readonly sessions: BoardSessions,
  ) {}

  /** The name of the operator; null when the request was answered. */
  async open(request: FastifyRequest, reply: FastifyReply): Promise<string | null> {
    if (!(await this.operators.any())) {
      reply.callNotFound();
      return null;
    }
    const secret = boardCookieOf(request);
    const operator = secret === null ? null : await this.sessions.operatorOf(secret);
    if (operator !== null && (request.method === 'GET' || !isForeign(request))) return operator;
    if (request.method === 'GET' && wantsPage(request)) await reply.redirect(SIGN_IN, 303);
    else {
      await reply.status(401).send({
        error: { key: 'ERRORS.UNAUTHORIZED' },
        message: `Sign in again at ${SIGN_IN}.`,
      });
    }
    return null;
  }
}
