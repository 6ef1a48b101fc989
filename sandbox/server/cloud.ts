import type { IncomingHttpHeaders } from 'node:http';
import type { Call } from '../faults/fault-plan.js';
import type { FaultRule } from '../faults/fault-rule.js';
import type { Json, JsonObject } from '../json.js';

export interface SandboxRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** A fake cloud: what differs between the providers. Everything else (sockets, faults, control) is the server's. */
export interface Cloud {
  call(request: SandboxRequest): Call;
  answer(request: SandboxRequest): Reply;
  /** The answer a denied, throttled, failed or expired call gets, in the provider's own words. */
  refuse(request: SandboxRequest, rule: FaultRule): Reply;
  readonly resources: ResourceControl;
  reset(): void;
}

/** Changes behind the provider's back, for the control endpoint. `address` is what comes after `/__sandbox/resources/`. */
export interface ResourceControl {
  list(): Json;
  get(address: string): JsonObject;
  add(resource: JsonObject, address: string): string;
  /** Sets a property; undefined removes it. */
  change(address: string, path: string, value: Json | undefined, by: string | null): void;
  remove(address: string): void;
}

export class NoSuchResourceError extends Error {
  constructor(address: string) {
    super(`There is no resource ${address}.`);
  }
}

export class InvalidResourceError extends Error {}
