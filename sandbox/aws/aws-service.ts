import type { Reply, SandboxRequest } from '../server/cloud.js';
import { ec2Error, jsonError, restError, xmlError } from './aws-protocol.js';
import type { AwsServiceError } from './aws-protocol.js';
import { CLOUD_CONTROL_TARGET } from './cloud-control-service.js';
import { CONFIG_TARGET } from './config-service.js';
import { ORGANIZATIONS_TARGET } from './organization.js';
import { TRAIL_TARGET } from './trail-service.js';

/** The services behind the one endpoint, by what their clients sign for. */
export type ServiceName =
  'account' | 'cloudcontrolapi' | 'cloudtrail' | 'config' | 'ec2' | 'organizations' | 'sts';

interface Service {
  readonly name: ServiceName;
  /** As IAM spells its actions. */
  readonly actions: string;
  /** Query services name their errors without the ending. */
  readonly query: boolean;
  readonly error: (error: AwsServiceError) => Reply;
}

const CONFIG: Service = { name: 'config', actions: 'config', query: false, error: jsonError };
const STS: Service = { name: 'sts', actions: 'sts', query: true, error: xmlError };
const EC2: Service = { name: 'ec2', actions: 'ec2', query: true, error: ec2Error };
const ACCOUNT: Service = { name: 'account', actions: 'account', query: false, error: restError };

const TRAIL: Service = {
  name: 'cloudtrail',
  actions: 'cloudtrail',
  query: false,
  error: jsonError,
};

const BY_TARGET: Readonly<Record<string, Service>> = {
  [CONFIG_TARGET]: CONFIG,
  [CLOUD_CONTROL_TARGET]: {
    name: 'cloudcontrolapi',
    actions: 'cloudformation',
    query: false,
    error: jsonError,
  },
  [ORGANIZATIONS_TARGET]: {
    name: 'organizations',
    actions: 'organizations',
    query: false,
    error: jsonError,
  },
  [TRAIL_TARGET]: TRAIL,
  // The JavaScript SDK leaves the namespace out.
  [TRAIL_TARGET.slice(TRAIL_TARGET.lastIndexOf('.') + 1)]: TRAIL,
};

const EC2_VERSION = '2016-11-15';

/** Which service a request is for, by its protocol. */
export function serviceOf(request: SandboxRequest): Service {
  const target = targetOf(request);
  if (target !== '') return BY_TARGET[target.slice(0, target.lastIndexOf('.'))] ?? CONFIG;
  if (restOperation(request) !== null) return ACCOUNT;
  return formOf(request).get('Version') === EC2_VERSION ? EC2 : STS;
}

export function operationOf(request: SandboxRequest): string {
  const target = targetOf(request);
  if (target !== '') return target.slice(target.lastIndexOf('.') + 1);
  return restOperation(request) ?? formOf(request).get('Action') ?? 'unknown';
}

export function formOf(request: SandboxRequest): URLSearchParams {
  return request.method === 'GET' ? request.url.searchParams : new URLSearchParams(request.body);
}

export function targetOf(request: SandboxRequest): string {
  const target = request.headers['x-amz-target'];
  return typeof target === 'string' ? target : '';
}

function restOperation({ method, url }: SandboxRequest): string | null {
  return method === 'POST' && url.pathname === '/listRegions' ? 'ListRegions' : null;
}
