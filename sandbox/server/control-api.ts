import { EstateError } from '../estate-error.js';
import { FaultRuleError, parseFaultRule } from '../faults/fault-rule.js';
import type { FaultPlan } from '../faults/fault-plan.js';
import { isObject } from '../json.js';
import type { Json } from '../json.js';
import { PropertyPathError } from '../property-path.js';
import type { CallLog } from './call-log.js';
import { InvalidResourceError, NoSuchResourceError } from './cloud.js';
import type { Cloud, Reply, SandboxRequest } from './cloud.js';

const PREFIX = '/__sandbox/';

export function isControl(request: SandboxRequest): boolean {
  return request.url.pathname.startsWith(PREFIX);
}

/** The control endpoint: faults, changes, counts, reset. Needs no credentials; the server only listens on the loopback address. */
export class ControlApi {
  constructor(
    private readonly cloud: Cloud,
    private readonly faults: FaultPlan,
    private readonly calls: CallLog,
  ) {}

  answer(request: SandboxRequest): Reply {
    try {
      return this.route(request);
    } catch (error) {
      if (error instanceof NoSuchResourceError) return json(404, { error: error.message });
      if (
        error instanceof InvalidResourceError ||
        error instanceof EstateError ||
        error instanceof FaultRuleError ||
        error instanceof PropertyPathError ||
        error instanceof SyntaxError
      ) {
        return json(400, { error: error.message });
      }
      throw error;
    }
  }

  private route(request: SandboxRequest): Reply {
    const [area = '', ...rest] = request.url.pathname.slice(PREFIX.length).split('/');
    const address = rest.map(decodeURIComponent).join('/');
    switch (`${request.method} ${area}`) {
      case 'GET calls':
        return json(200, this.calls.summary());
      case 'GET faults':
        return json(200, { faults: this.faults.list() });
      case 'POST faults':
        return json(201, { id: this.faults.add(parseFaultRule(parse(request.body))) });
      case 'DELETE faults':
        return this.removeFaults(address);
      case 'POST reset':
        this.reset();
        return json(200, {});
      case 'GET resources':
        return json(
          200,
          address ? this.cloud.resources.get(address) : { resources: this.cloud.resources.list() },
        );
      case 'POST resources':
        return this.addResource(request, address);
      case 'PUT resources':
      case 'DELETE resources':
        return this.changeResource(request, address);
      default:
        return json(404, {
          error: `${request.method} ${request.url.pathname} is not a control call.`,
        });
    }
  }

  private removeFaults(id: string): Reply {
    if (!id) this.faults.clear();
    else if (!this.faults.remove(Number(id)))
      return json(404, { error: `There is no fault ${id}.` });
    return json(200, {});
  }

  private addResource(request: SandboxRequest, address: string): Reply {
    const resource = parse(request.body);
    if (!isObject(resource)) throw new InvalidResourceError('A resource is a JSON object.');
    return json(201, { address: this.cloud.resources.add(resource, address) });
  }

  private changeResource(request: SandboxRequest, address: string): Reply {
    const path = request.url.searchParams.get('path');
    const by = request.url.searchParams.get('by');
    if (request.method === 'DELETE' && path === null) {
      this.cloud.resources.remove(address);
    } else {
      if (path === null) throw new InvalidResourceError('Say what to set: ?path=spec.replicas');
      const value = request.method === 'DELETE' ? undefined : parse(request.body);
      this.cloud.resources.change(address, path, value, by);
    }
    return json(200, {});
  }

  private reset(): void {
    this.faults.reset();
    this.calls.clear();
    this.cloud.reset();
  }
}

function parse(body: string): Json {
  return JSON.parse(body) as Json;
}

function json(status: number, body: unknown): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: `${JSON.stringify(body)}\n`,
  };
}
