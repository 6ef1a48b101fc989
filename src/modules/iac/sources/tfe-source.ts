import {
  type SourceDocument,
  type StateSource,
  StateSourceError,
  type StateSourceFactory,
  type StateSourceRequest,
} from '../../../core/providers/index.js';
import { HttpDelivery } from './transfer/http-delivery.js';
import { type Delivery, StreamedDocument } from './transfer/streamed-document.js';
import { TfeApi, type TfeWorkspace } from './tfe-api.js';

const NAME = /^[\w-]{1,90}$/;

/**
 * HCP Terraform and Terraform Enterprise: the current state version of one workspace, or of every workspace of an organization
 * (`?tag=`, `?project=`). Credentials: `token`, of a user or a team that may read state versions; an organization's own token may not.
 * https://developer.hashicorp.com/terraform/cloud-docs/api-docs/state-versions. No run is started and no workspace locked.
 */
export const tfeSource: StateSourceFactory = {
  location: 'tfe',
  form: 'tfe://app.terraform.io/ORGANIZATION/WORKSPACE',
  parameters: ['tag', 'project', 'scheme'],
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
    if (workspace !== '' && (url.searchParams.has('tag') || url.searchParams.has('project'))) {
      throw this.#failure('url-invalid', 'tag and project choose among workspaces; name none.');
    }
    this.#organization = organization;
    this.#workspace = workspace;
    this.#delivery = new HttpDelivery(access);
    this.#api = new TfeApi({
      delivery: this.#delivery,
      origin: `${scheme}://${url.host}`,
      source: this.description,
      token: credentials.token ?? null,
    });
  }

  async *documents(signal: AbortSignal): AsyncGenerator<SourceDocument> {
    if (this.#workspace !== '') {
      const found = await this.#api.workspace(this.#organization, this.#workspace, signal);
      yield this.#document(found, true);
      return;
    }
    const { searchParams } = this.request.url;
    const filter = { tag: searchParams.get('tag'), project: searchParams.get('project') };
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
      const body = await this.#api.download(version.download, name, signal);
      return { ...body, version: version.id };
    };
    return new StreamedDocument(name, this.request.access, open, named);
  }

  #failure(failure: 'url-invalid', message: string): StateSourceError {
    return new StateSourceError(failure, this.description, message);
  }
}
