import { afterEach, describe, expect, it } from '@jest/globals';
import { parseRoute } from '../../../sandbox/kubernetes/api-route.js';
import { KubernetesCloud } from '../../../sandbox/kubernetes/kubernetes-cloud.js';
import { parseSettings } from '../../../sandbox/kubernetes/kubernetes-estate.js';
import { serveCloud } from '../../../sandbox/server/cloud-server.js';
import type { Cloud, SandboxRequest } from '../../../sandbox/server/cloud.js';
import { kubernetesPolicy } from '../../../src/cli/policy/kubernetes-policy.js';
import { KubernetesInventory } from '../../../src/services/kubernetes/kubernetes.inventory.js';
import { DEFAULT_KUBERNETES_OPTIONS } from '../../../src/services/kubernetes/kubernetes.options.js';
import { REQUIRED_RULES } from '../../../src/services/kubernetes/required-rules.js';
import { CLUSTER, TOKEN, configMaps, definition, object } from './kubernetes-sandbox.js';
import { QUICK, readAll } from './reading.js';

interface Rule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
  readonly verbs: readonly string[];
}

/** As a cluster creates them: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#discovery-roles */
const DEFAULT_ROLES: Readonly<Record<string, readonly Rule[]>> = {
  'system:discovery': [
    {
      nonResourceURLs: ['/api', '/api/*', '/apis', '/apis/*', '/version', '/version/'],
      verbs: ['get'],
    },
  ],
  'system:basic-user': [
    {
      apiGroups: ['authorization.k8s.io'],
      resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
      verbs: ['create'],
    },
    {
      apiGroups: ['authentication.k8s.io'],
      resources: ['selfsubjectreviews'],
      verbs: ['create'],
    },
  ],
};

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

/** Every request of a scan that looks at everything, its trial of rights included. */
async function requestsOf(settings: object, types: readonly string[] = []) {
  const seen: SandboxRequest[] = [];
  const cloud = new KubernetesCloud({
    name: CLUSTER,
    objects: [
      ...configMaps('shop', 3),
      definition('acme.example', 'Widget', 'v1'),
      object('acme.example/v1', 'Widget', 'shop', 'one'),
      object('apps/v1', 'Deployment', 'shop', 'api'),
    ],
    settings: parseSettings({ token: TOKEN, ...settings }),
  });
  const recorded: Cloud = {
    resources: cloud.resources,
    call: (request) => {
      seen.push(request);
      return cloud.call(request);
    },
    answer: (request) => cloud.answer(request),
    refuse: (request, rule) => cloud.refuse(request, rule),
    reset: () => cloud.reset(),
  };
  const server = await serveCloud(recorded, 0);
  open.push(server);
  const credentials = { server: server.url, token: TOKEN };
  const read = new KubernetesInventory(
    { provider: 'kubernetes', endpoint: null, regions: [], credentials },
    { ...DEFAULT_KUBERNETES_OPTIONS, ...QUICK },
  );
  open.push(read);
  const signal = AbortSignal.timeout(30_000);
  await read.identify(signal);
  if (types.length === 0) {
    const blinds: string[] = [];
    for await (const check of read.access(signal)) blinds.push(...check.blinds);
    expect(blinds).toContain('acme.example/v1/Widget');
  }
  expect((await readAll(read, { types })).resources.length).toBeGreaterThan(0);
  return seen;
}

/** Whether RBAC lets a request pass: https://kubernetes.io/docs/reference/access-authn-authz/authorization/#determine-the-request-verb */
function allowing(request: SandboxRequest, rules: readonly Rule[]): readonly Rule[] {
  const { pathname } = request.url;
  const route = parseRoute(pathname);
  const has = (names: readonly string[] | undefined, name: string): boolean =>
    names?.some((one) => one === '*' || one === name) === true;
  if (route.area !== 'objects') {
    const reaches = (url: string): boolean =>
      url.endsWith('*') ? pathname.startsWith(url.slice(0, -1)) : pathname === url;
    return rules.filter(
      ({ nonResourceURLs, verbs }) => nonResourceURLs?.some(reaches) && has(verbs, 'get'),
    );
  }
  const verb = request.method === 'POST' ? 'create' : route.name === null ? 'list' : 'get';
  return rules.filter(
    ({ apiGroups, resources, verbs }) =>
      has(apiGroups, route.group) && has(resources, route.plural) && has(verbs, verb),
  );
}

const policyRules = (types: readonly string[] = []): readonly Rule[] => {
  const { document } = kubernetesPolicy({
    provider: 'kubernetes',
    types,
    parts: [],
    organization: false,
  });
  return (document as { rules: readonly Rule[] }).rules;
};

const named = REQUIRED_RULES.flatMap(({ defaultRole }) => defaultRole ?? []);
const everybody = named.flatMap((role) => DEFAULT_ROLES[role] ?? []);

describe('the printed ClusterRole', () => {
  it.each([
    ['one call', {}],
    ['call by call', { aggregatedDiscovery: false }],
  ])('lets every request of a scan pass that discovers in %s', async (_, settings) => {
    const rules = [...policyRules(), ...everybody];
    const refused = (await requestsOf(settings)).filter(
      (request) => allowing(request, rules).length === 0,
    );
    expect(refused.map(({ method, url }) => `${method} ${url.pathname}`)).toEqual([]);
  });

  it('holds nothing the scan does not use', async () => {
    const types = ['v1/ConfigMap', 'apps/v1/Deployment', 'acme.example/v1/Widget'];
    const rules = policyRules(types);
    const requests = await requestsOf({}, types);
    const used = requests.flatMap((request) => allowing(request, rules));
    expect(new Set(used)).toEqual(new Set(rules));
    expect(rules.map(({ verbs }) => verbs)).toEqual([['list'], ['list'], ['list']]);
  });

  it('is what the lists need: without it each of them is refused, and nothing else', async () => {
    const refused = (await requestsOf({})).filter(
      (request) => allowing(request, everybody).length === 0,
    );
    expect(refused.length).toBeGreaterThan(10);
    for (const { method, url } of refused) {
      expect(method).toBe('GET');
      expect(url.searchParams.has('limit')).toBe(true);
    }
  });
});
