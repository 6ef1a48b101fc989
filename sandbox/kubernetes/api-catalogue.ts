import { EstateError } from '../estate-error.js';
import { objectAt, objectsAt, textAt, textsAt } from '../json.js';
import type { JsonObject } from '../json.js';
import { builtInKinds, splitGroupVersion } from './built-in-kinds.js';
import type { ExtraVersion } from './kubernetes-estate.js';
import { compareVersions, groupVersionOf } from './served-kind.js';
import type { ServedKind } from './served-kind.js';

/** What the API server serves: the built-in kinds, the custom ones its definitions add, and legacy copies. */
export class ApiCatalogue {
  readonly kinds: readonly ServedKind[];

  constructor(definitions: readonly JsonObject[], extraVersions: readonly ExtraVersion[]) {
    const kinds = [...builtInKinds(), ...definitions.flatMap(customKinds)];
    this.kinds = [...kinds, ...extraVersions.map((extra) => extraKind(extra, kinds))];
  }

  /** Groups in order, the core group ('') first, each with its versions in order of preference. */
  groups(): { group: string; versions: string[] }[] {
    const groups = [...new Set(this.kinds.map((kind) => kind.group))];
    return groups.map((group) => {
      const served = this.kinds.filter((kind) => kind.group === group);
      return {
        group,
        versions: [...new Set(served.map((kind) => kind.version))].sort(compareVersions),
      };
    });
  }

  in(group: string, version: string): ServedKind[] {
    return this.kinds.filter((kind) => kind.group === group && kind.version === version);
  }

  byPlural(group: string, version: string, plural: string): ServedKind | undefined {
    return this.in(group, version).find((kind) => kind.plural === plural);
  }

  byObject(apiVersion: string, kind: string): ServedKind | undefined {
    return this.kinds.find(
      (served) => served.kind === kind && groupVersionOf(served) === apiVersion,
    );
  }
}

function customKinds(definition: JsonObject): ServedKind[] {
  const spec = objectAt(definition, 'spec');
  const names = objectAt(spec, 'names');
  const group = textAt(spec, 'group') ?? '';
  const kind = textAt(names, 'kind') ?? '';
  const served = objectsAt(spec, 'versions').filter((version) => version.served !== false);
  return served.map((version) => ({
    group,
    version: textAt(version, 'name') ?? '',
    kind,
    plural: textAt(names, 'plural') ?? '',
    singular: textAt(names, 'singular') ?? kind.toLowerCase(),
    namespaced: textAt(spec, 'scope') !== 'Cluster',
    shortNames: textsAt(names, 'shortNames'),
    subresources: Object.keys(objectAt(version, 'subresources')),
    verbs: ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'],
    custom: true,
    storedIn: `${group}/${kind}`,
  }));
}

function extraKind(extra: ExtraVersion, kinds: readonly ServedKind[]): ServedKind {
  const original = kinds.find(
    (kind) => kind.kind === extra.kind && groupVersionOf(kind) === extra.sameAs,
  );
  if (!original) {
    throw new EstateError(`cluster.json: ${extra.sameAs} ${extra.kind} is not served.`);
  }
  return { ...original, ...splitGroupVersion(extra.groupVersion) };
}
