import { isObject, objectsAt, scalarText, textAt, textsAt } from '../json.js';
import type { Json, JsonObject } from '../json.js';
import { setProperty } from '../property-path.js';
import { NoSuchResourceError } from '../server/cloud.js';
import type { ResourceControl } from '../server/cloud.js';
import { parseWorkspace } from './tfe-estate.js';
import type { TfeOrganization } from './tfe-estate.js';

/** The changing copy of the workspaces. An address is `organization/workspace`. */
export class TfeWorkspaces implements ResourceControl {
  private readonly kept = new Map<string, JsonObject>();

  constructor(private readonly estate: readonly TfeOrganization[]) {
    this.reset();
  }

  reset(): void {
    this.kept.clear();
    for (const { name, workspaces } of this.estate) {
      for (const one of workspaces) this.kept.set(addressOf(name, one), structuredClone(one));
    }
  }

  of(organization: string): JsonObject[] {
    return [...this.kept]
      .filter(([address]) => address.startsWith(`${organization}/`))
      .map(([, workspace]) => workspace)
      .sort((left, right) =>
        (textAt(left, 'name') ?? '').localeCompare(textAt(right, 'name') ?? ''),
      );
  }

  list(): Json {
    return [...this.kept.keys()].sort();
  }

  get(address: string): JsonObject {
    const found = this.kept.get(address);
    if (!found) throw new NoSuchResourceError(address);
    return found;
  }

  /** `address` is the organization. */
  add(resource: JsonObject, address: string): string {
    const workspace = parseWorkspace(resource, textAt(resource, 'name') ?? '', 'The workspace');
    const added = addressOf(address, workspace);
    this.kept.set(added, workspace);
    return added;
  }

  change(address: string, path: string, value: Json | undefined): void {
    const changed = structuredClone(this.get(address));
    setProperty(changed, path, value);
    // Another state is another version.
    if (path.startsWith('state')) changed.serial = Number(changed.serial) + 1;
    this.kept.set(address, changed);
  }

  remove(address: string): void {
    this.get(address);
    this.kept.delete(address);
  }
}

function addressOf(organization: string, workspace: JsonObject): string {
  return `${organization}/${textAt(workspace, 'name') ?? ''}`;
}

/** https://developer.hashicorp.com/terraform/cloud-docs/api-docs/workspaces#sample-response */
export function shownWorkspace(workspace: JsonObject, organization: string): JsonObject {
  const [run] = objectsAt(workspace, 'runs');
  const name = textAt(workspace, 'name') ?? '';
  const latest = run ? { id: textAt(run, 'id') ?? '', type: 'runs' } : null;
  const { assessment, state } = workspace;
  return {
    id: textAt(workspace, 'id') ?? '',
    type: 'workspaces',
    attributes: {
      name,
      locked: workspace.locked === true,
      'tag-names': textsAt(workspace, 'tags'),
      'assessments-enabled': isObject(assessment),
      'execution-mode': 'remote',
      'terraform-version': '1.11.4',
      'resource-count': isObject(state) ? objectsAt(state, 'resources').length : 0,
    },
    relationships: {
      organization: { data: { id: organization, type: 'organizations' } },
      project: { data: { id: textAt(workspace, 'project') ?? '', type: 'projects' } },
      'current-run': { data: latest },
      'latest-run': { data: latest },
      'current-state-version': {
        data: isObject(state) ? { id: stateVersionId(workspace), type: 'state-versions' } : null,
      },
      'current-assessment-result': {
        data: isObject(assessment)
          ? { id: textAt(assessment, 'id') ?? '', type: 'assessment-results' }
          : null,
      },
    },
    links: { self: `/api/v2/organizations/${organization}/workspaces/${name}` },
  };
}

export function stateVersionId(workspace: JsonObject): string {
  return `sv-${(textAt(workspace, 'id') ?? '').slice(3)}${scalarText(workspace.serial)}`;
}
