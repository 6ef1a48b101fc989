import {
  type SourceDocument,
  type StateSource,
  StateSourceError,
  type StateSourceFactory,
} from '../../../core/providers/index.js';
import {
  CLUSTER_CREDENTIALS,
  CLUSTER_PARAMETERS,
  ClusterSecrets,
  type Secret,
} from './cluster-secrets.js';
import { BufferedDocument, type Fetched } from './transfer/buffered-document.js';
import { isGzip, unzip } from './transfer/checked-body.js';
import { only } from './transfer/documents.js';

const NAME = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;

/**
 * Releases as Helm 3 stores them: secrets `sh.helm.release.v1.NAME.vREVISION`, gzip in base64 in base64. The revision that is deployed
 * is what the cluster should hold; a failed or pending newer one is not. `helm://namespace/` reads every release. Hooks are no part of the
 * manifest.
 */
export const helmSource: StateSourceFactory = {
  location: 'helm',
  form: 'helm://namespace/release',
  parameters: CLUSTER_PARAMETERS,
  credentials: CLUSTER_CREDENTIALS,
  matches: (scheme) => scheme === 'helm',
  open(request): StateSource {
    const { url, access } = request;
    const namespace = url.host;
    const release = url.pathname.slice(1);
    const source = `helm://${namespace}/${release}`;
    if (!NAME.test(namespace) || (release !== '' && !NAME.test(release))) {
      throw new StateSourceError('url-invalid', source, 'it is written helm://namespace/release.');
    }
    const secrets = new ClusterSecrets(request, source, namespace);
    const releases = new Releases(secrets, namespace, access.maxBytes);
    return {
      description: source,
      documents: (signal) =>
        release === '' ? releases.all(source, signal) : only(releases.document(release)),
      close: () => secrets.close(),
    };
  },
};

class Releases {
  constructor(
    private readonly secrets: ClusterSecrets,
    private readonly namespace: string,
    private readonly maxBytes: number,
  ) {}

  document(release: string): SourceDocument {
    const source = `helm://${this.namespace}/${release}`;
    const fetch = async (signal: AbortSignal): Promise<Fetched> => {
      const selector = `owner=helm,name=${release},status=deployed`;
      const deployed = newest(await this.secrets.list(selector, signal));
      if (deployed === undefined) {
        throw new StateSourceError(
          'missing',
          source,
          'there is no deployed revision of such a release in the namespace.',
        );
      }
      return {
        content: await this.#manifest(deployed, source),
        version: deployed.labels.version ?? deployed.resourceVersion,
      };
    };
    return new BufferedDocument(source, fetch, {
      kind: 'kubernetes',
      defaultNamespace: this.namespace,
    });
  }

  async *all(source: string, signal: AbortSignal): AsyncGenerator<SourceDocument> {
    const found = await this.secrets.list('owner=helm,status=deployed', signal);
    const names = new Set(
      found.flatMap(({ labels: { name } }) => (name === undefined ? [] : [name])),
    );
    if (names.size === 0) {
      throw new StateSourceError('missing', source, 'the namespace has no deployed release.');
    }
    for (const name of [...names].sort()) yield this.document(name);
  }

  async #manifest({ data }: Secret, source: string): Promise<Buffer> {
    const stored = Buffer.from(data.release ?? '', 'base64').toString();
    const packed = Buffer.from(stored, 'base64');
    // The first Helm 3 releases were stored without gzip.
    const text = isGzip(packed) ? await unzip(packed, source, this.maxBytes) : packed;
    try {
      const { manifest } = JSON.parse(text.toString()) as { manifest?: unknown };
      if (typeof manifest === 'string') return Buffer.from(manifest);
    } catch {
      // Said below: the parser's own message quotes the text.
    }
    throw new StateSourceError('answer-invalid', source, 'the secret holds no Helm release.');
  }
}

function newest(secrets: readonly Secret[]): Secret | undefined {
  const revision = ({ labels }: Secret): number => Number(labels.version ?? 0);
  return [...secrets].sort((left, right) => revision(right) - revision(left))[0];
}
