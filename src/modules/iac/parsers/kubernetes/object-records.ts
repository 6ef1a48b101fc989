import type {
  DeclaredRecord,
  JsonObject,
  SourceLocation,
} from '../../../../core/providers/index.js';
import { appendPath } from '../../../../core/providers/index.js';
import { objectMember, textMember } from '../json/read-json.js';
import type { ParseOptions } from '../parse-options.js';
import { notice } from '../records.js';
import { removedPaths } from '../removed-values.js';
import { scopeOfKind } from './cluster-scoped-kinds.js';

/** One object of a manifest, with its own text. */
export interface ManifestObject {
  readonly value: JsonObject;
  readonly location: SourceLocation;
  readonly contentHash: string;
}

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const HOOKS = ['helm.sh/hook', 'argocd.argoproj.io/hook'] as const;
/** A Helm 2 hook whose objects stay. */
const LASTING_HOOK = 'crd-install';

/** What is remembered while one document is read. */
export class ManifestTally {
  objects = 0;
  private readonly seen = new Set<string>();
  private readonly customScopes = new Map<string, 'cluster' | 'namespaced'>();

  constructor(private readonly options: ParseOptions) {}

  /** False when the address was declared before. */
  isNew(address: string): boolean {
    if (this.seen.has(address)) return false;
    this.seen.add(address);
    return true;
  }

  /** A CustomResourceDefinition says where its objects live. */
  learn(object: JsonObject): void {
    const spec = objectMember(object, 'spec');
    const group = textMember(spec ?? undefined, 'group');
    const kind = textMember(objectMember(spec ?? undefined, 'names') ?? undefined, 'kind');
    const scope = textMember(spec ?? undefined, 'scope');
    if (group === null || kind === null || scope === null) return;
    this.customScopes.set(`${group}/${kind}`, scope === 'Cluster' ? 'cluster' : 'namespaced');
  }

  /** The namespace an object without one ends up in; null for cluster-scoped and for unknown kinds. */
  namespaceFor(group: string, kind: string): string | null {
    const builtIn = scopeOfKind(group, kind);
    const scope = builtIn === 'unknown' ? this.customScopes.get(`${group}/${kind}`) : builtIn;
    return scope === 'namespaced' ? (this.options.defaultNamespace ?? null) : null;
  }
}

function sensitivePaths(kind: string, metadata: JsonObject): string[] {
  if (kind !== 'Secret') return [];
  const annotations = objectMember(metadata, 'annotations') ?? {};
  const copy = Object.hasOwn(annotations, LAST_APPLIED)
    ? [appendPath('metadata.annotations', LAST_APPLIED)]
    : [];
  return ['data', 'stringData', ...copy];
}

function hookOf(metadata: JsonObject): string | null {
  const annotations = objectMember(metadata, 'annotations') ?? undefined;
  for (const name of HOOKS) {
    const hook = textMember(annotations, name);
    if (hook !== null && !hook.split(',').some((part) => part.trim() === LASTING_HOOK)) {
      return `${name}: ${hook}`;
    }
  }
  return null;
}

/** The records of one object that has `apiVersion` and `kind`. */
export function* objectRecords(
  { value, location, contentHash }: ManifestObject,
  options: ParseOptions,
  tally: ManifestTally,
): Generator<DeclaredRecord> {
  const apiVersion = textMember(value, 'apiVersion') ?? '';
  const kind = textMember(value, 'kind') ?? '';
  const metadata = objectMember(value, 'metadata') ?? {};
  const slash = apiVersion.indexOf('/');
  const group = slash < 0 ? '' : apiVersion.slice(0, slash);
  tally.objects += 1;
  if (kind === 'CustomResourceDefinition') tally.learn(value);

  const name = textMember(metadata, 'name');
  if (name === null) {
    const prefix = textMember(metadata, 'generateName');
    yield prefix === null
      ? notice('warning', 'K8S.NO_NAME', `A ${kind} has no metadata.name.`, location)
      : notice(
          'info',
          'K8S.GENERATED_NAME',
          `A ${kind} gets its name from the cluster (${prefix}…), so it cannot be found again. It is not compared.`,
          location,
        );
    return;
  }
  const namespace = textMember(metadata, 'namespace') ?? tally.namespaceFor(group, kind);
  const address = `${apiVersion}/${kind}/${namespace ?? ''}/${name}`;
  const hook = hookOf(metadata);
  if (hook !== null) {
    yield notice(
      'info',
      'K8S.HOOK',
      `${address} is a hook (${hook}), which exists only while a release runs. It is not compared.`,
      location,
      address,
    );
    return;
  }
  if (!tally.isNew(address)) {
    yield notice(
      'warning',
      'K8S.DECLARED_TWICE',
      `${address} is declared twice; only the first is compared.`,
      location,
      address,
    );
    return;
  }
  const removed = removedPaths(value);
  yield {
    kind: 'declared',
    resource: {
      address,
      type: kind,
      format: 'k8s-manifest',
      provider: 'kubernetes',
      id: address,
      name,
      attributes: value,
      sensitivePaths: [...sensitivePaths(kind, metadata), ...removed],
      unresolvedPaths: removed,
      ignoredPaths: [],
      previousAddress: null,
      scope: { accountId: options.context?.accountId ?? null, region: null, namespace },
      location,
      contentHash,
    },
  };
}
