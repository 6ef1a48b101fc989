import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/**
 * Ends a connection whose client has been silent for the configured time *while we wait for it*. Node ends every silent connection,
 * also one whose upload we have all of, or have not got round to reading on, and whose client has nothing to say.
 */
export function endSilentClients(app: NestFastifyApplication): void {
  const exchanges = new WeakMap<Socket, Exchange>();
  const server: Server = app.getHttpServer();
  server.on('timeout', (socket: Socket) => {
    if (isWaitingForClient(exchanges.get(socket))) socket.destroy();
    else socket.setTimeout(socket.timeout ?? 0);
  });
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRequest', (request, reply, done) => {
      exchanges.set(request.raw.socket, { request: request.raw, response: reply.raw });
      done();
    })
    .addHook('onResponse', (request, _reply, done) => {
      exchanges.delete(request.raw.socket);
      done();
    });
}

export function isWaitingForClient(exchange: Exchange | undefined): boolean {
  if (exchange === undefined) return true;
  const { request, response } = exchange;
  const owesRequest = !request.complete && request.readableLength === 0;
  const owesReading = response.writableEnded || response.writableNeedDrain;
  return owesRequest || owesReading;
}
