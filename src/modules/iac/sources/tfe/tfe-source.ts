import {
  type SourceDocument,
  type StateSource,
  StateSourceError,
  type StateSourceFactory,
  type StateSourceRequest,
  UNLIMITED,
} from '../../../../core/providers/index.js';
import { HttpDelivery } from '../transfer/http-delivery.js';
import { type Delivery, StreamedDocument } from '../transfer/streamed-document.js';
import { TfeApi, type TfeWorkspace, type WorkspaceChoice } from './tfe-api.js';
import { workspaceFacts } from './workspace-facts.js';

const NAME = /^[\w-]{1,90}$/;
const PATTERN = /^[\w*-]{1,90}$/;
/** Parameters that choose among the workspaces of an organization. */
const CHOOSING = ['tag', 'exclude_tag', 'project', 'name'];

/**
 * HCP Terraform and Terraform Enterprise: the current state version of one workspace, or of every workspace of an organization
 * (`?tag=`, `?exclude_tag=`, `?project=`, `?name=prod-*`), each with what the platform says of its latest run and health assessment. Credentials: `token`, of a user or a team that may read state versions; an organization's own token may not.
 * https://developer.hashicorp.com/terraform/cloud-docs/api-docs/state-versions. No run is started and no workspace locked.
 */
export const tfeSource: StateSourceFactory = {
  location: 'tfe',
  form: 'tfe://app.terraform.io/ORGANIZATION/WORKSPACE',
  parameters: [...CHOOSING, 'scheme'],
  credentials: ['token'],
  matches: (scheme) => scheme === 'tfe',
  open: (request) => new TfeSource(request),
};

class TfeSource implements StateSource {
  readonly description: string;
  readonly #delivery: HttpDelivery;
  readonly #api: TfeApi;
  readonly #organization: string;
  readonly #workspace: string;

  constructor(private readonly request: StateSourceRequest) {
    const { url, credentials, access } = request;
    const [organization = '', workspace = '', ...rest] = url.pathname
      .slice(1)
      .split('/')
      .map(decodeURIComponent);
    this.description = `tfe://${url.host}/${organization}/${workspace}`;
    const scheme = url.searchParams.get('scheme') ?? 'https';
    if (
      url.hostname === '' ||
      !NAME.test(organization) ||
      (workspace !== '' && !NAME.test(workspace)) ||
      rest.length > 0 ||
      (scheme !== 'https' && scheme !== 'http')
    ) {
      throw this.#failure(
        'url-invalid',
        'it is written tfe://host/organization/workspace, or tfe://host/organization/ for all of its workspaces.',
      );
    }
    const chosen = CHOOSING.filter((name) => url.searchParams.has(name));
    if (workspace !== '' && chosen.length > 0) {
      const named = chosen.join(' and ');
      throw this.#failure('url-invalid', `${named} chooses among workspaces; name none.`);
    }
    if (!PATTERN.test(url.searchParams.get('name') ?? '*')) {
      throw this.#failure('url-invalid', 'name is a name of workspaces, in which * is anything.');
    }
    this.#organization = organization;
    this.#workspace = workspace;
    this.#delivery = new HttpDelivery(access);
    this.#api = new TfeApi({
      delivery: this.#delivery,
      origin: `${scheme}://${url.host}`,
      source: this.description,
      token: credentials.token ?? null,
      limits: access.limits ?? UNLIMITED,
      callTimeoutMs: access.idleMs,
    });
  }

  async *documents(signal: AbortSignal): AsyncGenerator<SourceDocument> {
    if (this.#workspace !== '') {
      const found = await this.#api.workspace(this.#organization, this.#workspace, signal);
      yield this.#document(found, true);
      return;
    }
    const filter = choiceOf(this.request.url.searchParams);
    for await (const workspace of this.#api.workspaces(this.#organization, filter, signal)) {
      // A workspace nothing was applied in has no state yet, which is no gap.
      if (workspace.stateVersion !== null) yield this.#document(workspace, true);
    }
  }

  close(): Promise<void> {
    return this.#delivery.close();
  }

  #document(workspace: TfeWorkspace, named: boolean): SourceDocument {
    const name = `tfe://${this.request.url.host}/${this.#organization}/${workspace.name}`;
    const open = async (signal: AbortSignal): Promise<Delivery> => {
      const version = await this.#api.currentState(workspace, name, signal);
      const told = await workspaceFacts(this.#api, workspace, name, signal);
      const body = await this.#api.download(version.download, name, signal);
      return { ...body, version: version.id, ...told };
    };
    return new StreamedDocument(name, this.request.access, open, named);
  }

  #failure(failure: 'url-invalid', message: string): StateSourceError {
    return new StateSourceError(failure, this.description, message);
  }
}

function choiceOf(parameters: URLSearchParams): WorkspaceChoice {
  return {
    tag: parameters.get('tag'),
    excludedTag: parameters.get('exclude_tag'),
    project: parameters.get('project'),
    name: parameters.get('name'),
  };
}
