import { createHmac, randomBytes } from 'node:crypto';
import type { Call } from '../faults/fault-plan.js';
import type { FaultRule } from '../faults/fault-rule.js';
import { isObject, objectsAt, textAt, textsAt } from '../json.js';
import type { JsonObject } from '../json.js';
import type { Cloud, Reply, SandboxRequest } from '../server/cloud.js';
import type { TfeOrganization } from './tfe-estate.js';
import { document, errorReply, notFound, pageOf, plainReply, TfeError } from './tfe-protocol.js';
import { shownWorkspace, stateVersionId, TfeWorkspaces } from './tfe-workspaces.js';

interface Owned {
  readonly organization: string;
  readonly workspace: JsonObject;
}

const DISCOVERY = '/.well-known/terraform.json';
const ARCHIVE = '/_archivist/v1/object/';
/** Operation, and the path that asks for it. */
const ROUTES: readonly (readonly [string, RegExp])[] = [
  ['workspaces', /^\/api\/v2\/organizations\/([\w-]+)\/workspaces$/],
  ['workspace', /^\/api\/v2\/organizations\/([\w-]+)\/workspaces\/([\w-]+)$/],
  ['workspace', /^\/api\/v2\/workspaces\/(ws-\w+)$/],
  ['current-state-version', /^\/api\/v2\/workspaces\/(ws-\w+)\/current-state-version$/],
  ['runs', /^\/api\/v2\/workspaces\/(ws-\w+)\/runs$/],
  ['run', /^\/api\/v2\/runs\/(run-\w+)$/],
  ['assessment', /^\/api\/v2\/workspaces\/(ws-\w+)\/current-assessment-result$/],
  ['assessment', /^\/api\/v2\/assessment-results\/(asmtres-\w+)$/],
];

/** The reads of the HCP Terraform API v2 and the archive its states lie in, behind one address, as Terraform Enterprise serves them. */
export class TfeCloud implements Cloud {
  readonly resources: TfeWorkspaces;
  private readonly key = randomBytes(32);

  constructor(private readonly estate: readonly TfeOrganization[]) {
    this.resources = new TfeWorkspaces(estate);
  }

  reset(): void {
    this.resources.reset();
  }

  call(request: SandboxRequest): Call {
    const { operation, names } = routeOf(request.url);
    const found = this.all().find(
      ({ workspace }) =>
        names.includes(textAt(workspace, 'id') ?? '') || this.holds(workspace, names),
    );
    const type = found ? (textAt(found.workspace, 'name') ?? null) : (names[1] ?? null);
    const continues = Number(request.url.searchParams.get('page[number]') ?? 1) > 1;
    return { operation, type, region: null, namespace: found?.organization ?? null, continues };
  }

  answer(request: SandboxRequest): Reply {
    try {
      return this.route(request);
    } catch (error) {
      if (error instanceof TfeError) return errorReply(error);
      throw error;
    }
  }

  refuse(_request: SandboxRequest, rule: FaultRule): Reply {
    switch (rule.fault) {
      case 'deny':
        return errorReply(
          new TfeError(rule.status ?? 403, TITLES[rule.status ?? 403] ?? 'forbidden'),
        );
      case 'throttle': {
        const { retryAfterSeconds: after } = rule;
        const headers: Record<string, string> =
          after === undefined ? {} : { 'retry-after': String(after) };
        return errorReply(new TfeError(429, 'Too many requests', headers));
      }
      default:
        return errorReply(new TfeError(rule.status ?? 500, 'internal server error'));
    }
  }

  private route(request: SandboxRequest): Reply {
    const { method, url, headers } = request;
    if (method !== 'GET') throw notFound();
    if (url.pathname === DISCOVERY) return plainReply(SERVICES);
    if (url.pathname.startsWith(ARCHIVE)) return this.archived(url.pathname.slice(ARCHIVE.length));
    const [, token] = /^Bearer (.+)$/.exec(headers.authorization ?? '') ?? [];
    const own = this.estate.filter((one) => one.token === token).map(({ name }) => name);
    if (own.length === 0) throw new TfeError(401, 'unauthorized');
    const { operation, names } = routeOf(url);
    const [first = '', second = ''] = names;
    const visible = this.all().filter(({ organization }) => own.includes(organization));
    if (operation === 'workspaces') {
      if (!own.includes(first)) throw notFound();
      const found = this.resources.of(first).filter((one) => fits(one, url.searchParams));
      return pageOf(
        found.map((one) => shownWorkspace(one, first)),
        url,
      );
    }
    const owned = visible.find(
      ({ organization, workspace }) =>
        (organization === first && textAt(workspace, 'name') === second) ||
        textAt(workspace, 'id') === first ||
        this.holds(workspace, names),
    );
    if (!owned) throw notFound();
    return this.ofWorkspace(operation, owned, first, request);
  }

  private ofWorkspace(
    operation: string,
    { organization, workspace }: Owned,
    id: string,
    { url, headers }: SandboxRequest,
  ): Reply {
    const runs = objectsAt(workspace, 'runs');
    switch (operation) {
      case 'workspace':
        return document(shownWorkspace(workspace, organization));
      case 'current-state-version':
        return document(this.stateVersion(workspace, headers.host ?? url.host));
      case 'runs':
        return pageOf(runs.map(shownRun), url);
      case 'run': {
        const run = runs.find((one) => one.id === id);
        if (!run) throw notFound();
        return document(shownRun(run));
      }
      case 'assessment': {
        if (!isObject(workspace.assessment)) throw notFound();
        const { id: own = '', ...attributes } = workspace.assessment;
        return document({ id: own, type: 'assessment-results', attributes });
      }
      default:
        throw notFound();
    }
  }

  private stateVersion(workspace: JsonObject, host: string): JsonObject {
    if (!isObject(workspace.state)) throw notFound();
    const id = stateVersionId(workspace);
    return {
      id,
      type: 'state-versions',
      attributes: {
        serial: workspace.serial ?? 1,
        'hosted-state-download-url': `http://${host}${ARCHIVE}${id}.${this.signature(id)}`,
        'resources-processed': true,
      },
    };
  }

  /** Whoever has the address may read it, for a while: no token is asked for. */
  private archived(name: string): Reply {
    const [id = '', signature] = name.split('.');
    const found = this.all().find(({ workspace }) => stateVersionId(workspace) === id);
    if (!found || signature !== this.signature(id)) throw new TfeError(404, 'not found');
    return plainReply(isObject(found.workspace.state) ? found.workspace.state : {});
  }

  private signature(id: string): string {
    return createHmac('sha256', this.key).update(id).digest('base64url');
  }

  private holds(workspace: JsonObject, [id = '']: readonly string[]): boolean {
    const { assessment } = workspace;
    return (
      objectsAt(workspace, 'runs').some((run) => run.id === id) ||
      (isObject(assessment) && assessment.id === id)
    );
  }

  private all(): Owned[] {
    return this.estate.flatMap(({ name: organization }) =>
      this.resources.of(organization).map((workspace) => ({ organization, workspace })),
    );
  }
}

const TITLES: Readonly<Record<number, string>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not found',
};

const SERVICES: JsonObject = {
  'modules.v1': '/api/registry/v1/modules/',
  'providers.v1': '/api/registry/v1/providers/',
  'state.v2': '/api/v2/',
  'tfe.v2': '/api/v2/',
  'tfe.v2.1': '/api/v2/',
  'tfe.v2.2': '/api/v2/',
};

function routeOf({ pathname }: URL): { operation: string; names: readonly string[] } {
  if (pathname === DISCOVERY) return { operation: 'discovery', names: [] };
  if (pathname.startsWith(ARCHIVE)) return { operation: 'state', names: [] };
  for (const [operation, pattern] of ROUTES) {
    const [, ...names] = pattern.exec(pathname) ?? [];
    if (names.length > 0) return { operation, names };
  }
  return { operation: 'unknown', names: [] };
}

function shownRun({ id, ...attributes }: JsonObject): JsonObject {
  return { id: id ?? '', type: 'runs', attributes };
}

function fits(workspace: JsonObject, parameters: URLSearchParams): boolean {
  const tags = textsAt(workspace, 'tags');
  const listed = (name: string): readonly string[] =>
    (parameters.get(name) ?? '').split(',').filter((one) => one !== '');
  const name = textAt(workspace, 'name') ?? '';
  const wildcard = parameters.get('search[wildcard-name]');
  const project = parameters.get('filter[project][id]');
  return (
    listed('search[tags]').every((tag) => tags.includes(tag)) &&
    !listed('search[exclude-tags]').some((tag) => tags.includes(tag)) &&
    name.includes(parameters.get('search[name]') ?? '') &&
    (wildcard === null || new RegExp(`^${wildcard.replaceAll('*', '.*')}$`).test(name)) &&
    (project === null || workspace.project === project)
  );
}
