import {
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
import { isGzip, tooLarge, unzip } from './transfer/checked-body.js';
import { only } from './transfer/documents.js';

const NAME = /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/;

/**
 * Terraform's `kubernetes` backend: secret `tfstate-{workspace}-{suffix}`, packed with gzip, and `…-part-N` where it was too large for
 * one. The lease of the backend is not touched.
 */
export const kubernetesSource: StateSourceFactory = {
  location: 'kubernetes',
  form: 'k8s://namespace/suffix',
  parameters: [...CLUSTER_PARAMETERS, 'workspace'],
  credentials: CLUSTER_CREDENTIALS,
  matches: (scheme) => scheme === 'k8s' || scheme === 'kubernetes',
  open(request): StateSource {
    const { url, access } = request;
    const namespace = url.host;
    const suffix = url.pathname.slice(1);
    const workspace = url.searchParams.get('workspace') ?? 'default';
    const name = `tfstate-${workspace}-${suffix}`;
    const source = `k8s://${namespace}/${suffix}`;
    if (!NAME.test(namespace) || !NAME.test(name) || suffix === '') {
      throw new StateSourceError(
        'url-invalid',
        source,
        'it is written k8s://namespace/secret_suffix?workspace=….',
      );
    }
    const secrets = new ClusterSecrets(request, source, namespace);
    const fetch = async (signal: AbortSignal): Promise<Fetched> => {
      const first = await secrets.get(name, signal);
      const parts = [stateOf(first, source)];
      let length = parts[0]?.length ?? 0;
      // A state of one secret is a whole gzip stream; one of several begins and ends somewhere in it.
      for (let part = 1; !(await isWhole(parts, access.maxBytes)); part += 1) {
        const next = await partOf(secrets, `${name}-part-${part}`, source, signal);
        length += next.length;
        if (length > access.maxBytes) throw tooLarge(source, access.maxBytes);
        parts.push(next);
      }
      const packed = Buffer.concat(parts);
      return {
        content: isGzip(packed) ? await unzip(packed, source, access.maxBytes) : packed,
        version: first.resourceVersion,
      };
    };
    return {
      description: source,
      documents: () => only(new BufferedDocument(source, fetch, { kind: 'terraform-state' })),
      close: () => secrets.close(),
    };
  },
};

async function isWhole(parts: readonly Buffer[], maxBytes: number): Promise<boolean> {
  const packed = Buffer.concat(parts);
  if (!isGzip(packed)) return true;
  try {
    await unzip(packed, '', maxBytes);
    return true;
  } catch (error) {
    return error instanceof StateSourceError && error.failure === 'too-large';
  }
}

async function partOf(
  secrets: ClusterSecrets,
  name: string,
  source: string,
  signal: AbortSignal,
): Promise<Buffer> {
  try {
    return stateOf(await secrets.get(name, signal), source);
  } catch (error) {
    if (!(error instanceof StateSourceError) || error.failure !== 'missing') throw error;
    throw new StateSourceError(
      'changed',
      source,
      `its gzip data is cut off, and there is no secret ${name} with the rest.`,
    );
  }
}

function stateOf({ data }: Secret, source: string): Buffer {
  const { tfstate } = data;
  if (tfstate === undefined) {
    throw new StateSourceError('missing', source, 'the secret holds no state (no key tfstate).');
  }
  return Buffer.from(tfstate, 'base64');
}
