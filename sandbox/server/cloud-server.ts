import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { text } from 'node:stream/consumers';
import { FaultPlan } from '../faults/fault-plan.js';
import type { FaultRule } from '../faults/fault-rule.js';
import { CallLog } from './call-log.js';
import type { Cloud, Reply, SandboxRequest } from './cloud.js';
import { ControlApi, isControl } from './control-api.js';

export interface RunningServer {
  /** `http://127.0.0.1:port`, without a slash at the end. */
  readonly url: string;
  /** Breaks open connections and frees the port. */
  close(): Promise<void>;
}

/** Serves one fake cloud on the loopback address. Port 0 takes a free one; `faults` are on from the start. */
export async function serveCloud(
  cloud: Cloud,
  port: number,
  faults: readonly FaultRule[] = [],
): Promise<RunningServer> {
  const server = new CloudServer(cloud, new FaultPlan(faults));
  const boundPort = await server.listen(port);
  return { url: `http://127.0.0.1:${boundPort}`, close: () => server.close() };
}

class CloudServer {
  private readonly http: Server;
  private readonly calls = new CallLog();
  private readonly control: ControlApi;
  private readonly closing = new AbortController();

  constructor(
    private readonly cloud: Cloud,
    private readonly faults: FaultPlan,
  ) {
    this.control = new ControlApi(cloud, this.faults, this.calls);
    this.http = createServer((message, response) => {
      this.handle(message, response).catch((error: unknown) => {
        process.stderr.write(`sandbox: ${error instanceof Error ? error.stack : String(error)}\n`);
        response.destroy();
      });
    });
  }

  listen(port: number): Promise<number> {
    return new Promise((resolve, reject) => {
      this.http.once('error', reject);
      this.http.listen(port, '127.0.0.1', () => {
        const address = this.http.address();
        if (typeof address === 'object' && address) resolve(address.port);
      });
    });
  }

  close(): Promise<void> {
    this.closing.abort();
    return new Promise((resolve) => {
      this.http.close(() => resolve());
      this.http.closeAllConnections();
    });
  }

  private async handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const request: SandboxRequest = {
      method: message.method ?? 'GET',
      url: new URL(message.url ?? '/', 'http://sandbox'),
      headers: message.headers,
      body: await text(message),
    };
    if (isControl(request)) {
      send(response, this.control.answer(request));
      return;
    }
    const call = this.cloud.call(request);
    this.calls.start(call);
    try {
      const rule = this.faults.hit(call);
      if (rule) this.calls.fault(rule.fault);
      await this.answer(request, response, rule);
    } finally {
      this.calls.end();
    }
  }

  private async answer(
    request: SandboxRequest,
    response: ServerResponse,
    rule: FaultRule | null,
  ): Promise<void> {
    switch (rule?.fault) {
      case 'deny':
      case 'throttle':
      case 'error':
      case 'expire':
        send(response, this.cloud.refuse(request, rule));
        return;
      case 'slow':
        if (!(await this.pause(rule.delayMs ?? 1000))) return;
        break;
      case 'cut':
        await cut(response, this.cloud.answer(request), rule.afterBytes);
        return;
      case 'drop':
        response.destroy();
        return;
      case undefined:
        break;
    }
    send(response, this.cloud.answer(request));
  }

  private async pause(milliseconds: number): Promise<boolean> {
    return sleep(milliseconds, true, { signal: this.closing.signal }).catch(() => false);
  }
}

function send(response: ServerResponse, reply: Reply): void {
  response.writeHead(reply.status, {
    ...reply.headers,
    'content-length': Buffer.byteLength(reply.body),
  });
  response.end(reply.body);
}

/** Promises the whole body, sends a part of it and breaks the connection. */
async function cut(response: ServerResponse, reply: Reply, afterBytes?: number): Promise<void> {
  const body = Buffer.from(reply.body);
  response.writeHead(reply.status, { ...reply.headers, 'content-length': body.length });
  const part = body.subarray(0, Math.min(afterBytes ?? body.length / 2, body.length - 1));
  await new Promise<void>((resolve) => response.write(part, () => resolve()));
  response.destroy();
}
