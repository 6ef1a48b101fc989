import type { Call } from '../faults/fault-plan.js';
import type { FaultRule } from '../faults/fault-rule.js';
import type { Cloud, Reply, SandboxRequest } from '../server/cloud.js';
import { parseRoute } from './api-route.js';
import type { ApiRoute } from './api-route.js';
import { Discovery } from './discovery.js';
import type { Cluster } from './kubernetes-estate.js';
import { listObjects } from './object-list.js';
import { ObjectStore, inVersion, keyOf } from './object-store.js';
import type { ServedKind } from './served-kind.js';
import { StatusError, jsonReply, notFound } from './status.js';

const USER = 'system:serviceaccount:driftguard:scanner';

/** One cluster's API server, read-only; changes come through the control endpoint. */
export class KubernetesCloud implements Cloud {
  readonly resources: ObjectStore;

  constructor(private readonly cluster: Cluster) {
    this.resources = new ObjectStore(cluster);
  }

  reset(): void {
    this.resources.reset();
  }

  call(request: SandboxRequest): Call {
    const route = parseRoute(request.url.pathname);
    const objects = route.area === 'objects';
    const served = objects ? this.servedAt(route) : undefined;
    return {
      operation: operationOf(request, route),
      type: served?.kind ?? (route.area === 'resources' ? groupVersion(route) : null),
      region: null,
      namespace: objects ? route.namespace : null,
      continues: request.url.searchParams.has('continue'),
    };
  }

  answer(request: SandboxRequest): Reply {
    try {
      this.authenticate(request);
      return this.route(request, parseRoute(request.url.pathname));
    } catch (error) {
      if (error instanceof StatusError) return error.reply();
      throw error;
    }
  }

  refuse(request: SandboxRequest, rule: FaultRule): Reply {
    return this.refusal(request, rule).reply();
  }

  private refusal(request: SandboxRequest, rule: FaultRule): StatusError {
    switch (rule.fault) {
      case 'deny':
        return this.forbidden(request);
      case 'throttle':
        return new StatusError(
          429,
          'TooManyRequests',
          'The server has received too many requests and has asked us to try again later',
          {},
          rule.retryAfterSeconds === undefined
            ? {}
            : { 'retry-after': String(rule.retryAfterSeconds) },
        );
      case 'expire':
        return new StatusError(
          410,
          'Expired',
          'The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.',
        );
      default:
        return new StatusError(
          rule.status ?? 500,
          'InternalError',
          'Internal error occurred: etcdserver: request timed out',
        );
    }
  }

  private forbidden(request: SandboxRequest): StatusError {
    const route = parseRoute(request.url.pathname);
    if (route.area !== 'objects') {
      return new StatusError(
        403,
        'Forbidden',
        `forbidden: User "${USER}" cannot get path "${request.url.pathname}"`,
      );
    }
    const where = route.namespace
      ? `in the namespace "${route.namespace}"`
      : 'at the cluster scope';
    const resource = route.group ? `${route.plural}.${route.group}` : route.plural;
    return new StatusError(
      403,
      'Forbidden',
      `${resource} is forbidden: User "${USER}" cannot ${route.name ? 'get' : 'list'} resource "${route.plural}" in API group "${route.group}" ${where}`,
      { ...(route.group ? { group: route.group } : {}), kind: route.plural },
    );
  }

  private authenticate(request: SandboxRequest): void {
    const { token: expected, anonymous } = this.cluster.settings;
    if (anonymous && !request.headers.authorization) return;
    const [, token] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
    if (!token || (expected !== null && token !== expected)) {
      throw new StatusError(401, 'Unauthorized', 'Unauthorized');
    }
  }

  private route(request: SandboxRequest, route: ApiRoute): Reply {
    if (
      route.area === 'objects' &&
      route.plural === 'selfsubjectreviews' &&
      request.method === 'POST'
    ) {
      return selfSubjectReview();
    }
    if (
      route.area === 'objects' &&
      route.plural === 'selfsubjectrulesreviews' &&
      request.method === 'POST'
    ) {
      return selfSubjectRulesReview();
    }
    if (request.method !== 'GET') {
      throw new StatusError(
        405,
        'MethodNotAllowed',
        'the server does not allow this method on the requested resource',
      );
    }
    const discovery = new Discovery(
      this.resources.catalogue,
      this.cluster.settings.aggregatedDiscovery,
    );
    switch (route.area) {
      case 'version':
        return this.version();
      case 'groups':
        return discovery.groups(route.core, request.headers.accept ?? '');
      case 'group':
        return discovery.group(route.group);
      case 'resources':
        return discovery.resources(route.group, route.version);
      case 'objects':
        return this.objects(request, route);
      case 'unknown':
        throw notFound();
    }
  }

  private objects(request: SandboxRequest, route: Extract<ApiRoute, { area: 'objects' }>): Reply {
    const kind = this.servedAt(route);
    if (!kind?.verbs.includes('list')) throw notFound();
    const { searchParams } = request.url;
    if (searchParams.get('watch') === 'true') {
      throw new StatusError(405, 'MethodNotAllowed', 'watch is not supported by the sandbox');
    }
    if (route.name === null)
      return listObjects(this.resources, kind, route.namespace, searchParams);
    const key = `${route.namespace ?? ''}/${route.name}`;
    const object = this.resources.objects(kind).find((candidate) => keyOf(candidate) === key);
    if (!object) {
      const resource = route.group ? `${route.plural}.${route.group}` : route.plural;
      throw new StatusError(404, 'NotFound', `${resource} "${route.name}" not found`, {
        name: route.name,
        kind: route.plural,
      });
    }
    return jsonReply(inVersion(object, kind));
  }

  private servedAt(route: Extract<ApiRoute, { area: 'objects' }>): ServedKind | undefined {
    return this.resources.catalogue.byPlural(route.group, route.version, route.plural);
  }

  private version(): Reply {
    const { gitVersion } = this.cluster.settings;
    const [, major = '1', minor = '34'] = /^v(\d+)\.(\d+)/.exec(gitVersion) ?? [];
    return jsonReply({ major, minor, gitVersion, platform: 'linux/amd64' });
  }
}

function selfSubjectReview(): Reply {
  return jsonReply(
    {
      kind: 'SelfSubjectReview',
      apiVersion: 'authentication.k8s.io/v1',
      metadata: { creationTimestamp: null },
      status: { userInfo: { username: USER, groups: ['system:authenticated'] } },
    },
    201,
  );
}

/** Rules the sandbox does not know: as an authorizer that cannot list them answers, so that clients have to try. */
function selfSubjectRulesReview(): Reply {
  return jsonReply(
    {
      kind: 'SelfSubjectRulesReview',
      apiVersion: 'authorization.k8s.io/v1',
      metadata: { creationTimestamp: null },
      spec: {},
      status: {
        resourceRules: [{ verbs: ['list'], apiGroups: [''], resources: ['namespaces'] }],
        nonResourceRules: [],
        incomplete: true,
      },
    },
    201,
  );
}

function groupVersion({ group, version }: { group: string; version: string }): string {
  return group ? `${group}/${version}` : version;
}

function operationOf(request: SandboxRequest, route: ApiRoute): string {
  switch (route.area) {
    case 'objects':
      if (request.method !== 'GET') return request.method.toLowerCase();
      return route.name === null ? 'list' : 'get';
    case 'groups':
    case 'group':
    case 'resources':
      return 'discovery';
    default:
      return route.area;
  }
}
