import {
  ACTUAL_FORMATS,
  NO_SCOPE,
  type ActualFormat,
  type ActualResource,
  type JsonObject,
  type Provider,
} from '../../../core/providers/index.js';
import { readAsset } from '../../../services/gcp/live-asset.js';
import { readObject } from '../../../services/kubernetes/live-object.js';
import { objectAt, textAt, textMap } from './json-access.js';

/**
 * One object as the Kubernetes API or `kubectl get -o json` shows it, read exactly like one of a live list. Null without a
 * name. https://kubernetes.io/docs/reference/using-api/api-concepts/#resource-uris
 */
export function fromKubernetesObject(
  object: JsonObject,
  cluster: string | null,
): ActualResource | null {
  const name = textAt(objectAt(object, 'metadata') ?? {}, 'name');
  const kind = textAt(object, 'kind');
  const apiVersion = textAt(object, 'apiVersion');
  if (name === null || kind === null || apiVersion === null) return null;
  const [version = '', group = ''] = apiVersion.split('/').reverse();
  const resource = readObject(
    object,
    { group, version, kind, plural: '', namespaced: true, servedVersions: [version] },
    cluster ?? '',
    () => '',
  );
  return {
    ...resource,
    scope: { ...resource.scope, accountId: cluster },
    contentHash: null,
  };
}

/**
 * An asset of a Cloud Asset Inventory export (`asset_type`) or of `gcloud asset list` (`assetType`), read exactly like one of a
 * live listing. https://cloud.google.com/asset-inventory/docs/reference/rest/v1/Asset
 */
export function fromCloudAsset(asset: JsonObject): ActualResource | null {
  const resource = objectAt(asset, 'resource') ?? {};
  const reading = readAsset(
    {
      ...asset,
      assetType: textAt(asset, 'assetType', 'asset_type'),
      updateTime: textAt(asset, 'updateTime', 'update_time'),
      resource: { ...resource, resourceUrl: textAt(resource, 'resourceUrl', 'resource_url') },
    },
    {
      projects: new Map(),
      projectId: null,
      iamPolicy: objectAt(asset, 'iamPolicy', 'iam_policy') ?? undefined,
      hash: () => '',
    },
  );
  if (reading === 'unreadable') return null;
  const { accountId } = reading.scope;
  // Code names projects by id; a number says nothing without the project's own asset.
  const isNumber = accountId !== null && /^\d+$/.test(accountId);
  return isNumber ? { ...reading, scope: { ...reading.scope, accountId: null } } : reading;
}

/**
 * A row of Azure Resource Graph's `resources` table; the whole row is the resource, as its envelope carries location,
 * tags, sku and identity. https://learn.microsoft.com/azure/governance/resource-graph/concepts/query-language
 */
export function fromResourceGraphRow(row: JsonObject): ActualResource | null {
  const id = textAt(row, 'id');
  const type = textAt(row, 'type');
  if (id === null || type === null) return null;
  return {
    type: type.toLowerCase(),
    format: 'azure-resource-graph',
    provider: 'azure',
    id,
    aliases: [],
    name: textAt(row, 'name'),
    properties: row,
    companions: null,
    tags: textMap(row.tags),
    scope: {
      accountId:
        textAt(row, 'subscriptionId') ?? /^\/subscriptions\/([^/]+)/i.exec(id)?.[1] ?? null,
      region: textAt(row, 'location'),
      namespace: textAt(row, 'resourceGroup'),
    },
    capturedAt: null,
    contentHash: null,
  };
}

const PROVIDER_OF: Readonly<Record<ActualFormat, Provider>> = {
  'aws-config': 'aws',
  'aws-cloudcontrol': 'aws',
  'aws-describe': 'aws',
  'gcp-cai': 'gcp',
  'azure-resource-graph': 'azure',
  'k8s-live': 'kubernetes',
  'terraform-attributes': 'other',
};

/** DriftGuard's own shape: `{ type, id, properties, format? }`; without a format it is Cloud Control's model. */
export function fromPlainResource(entry: JsonObject): ActualResource | null {
  const type = textAt(entry, 'type', 'TypeName');
  const id = textAt(entry, 'id', 'Identifier');
  const properties = objectAt(entry, 'properties', 'Properties');
  if (type === null || id === null || properties === null) return null;
  const named = textAt(entry, 'format');
  const format = ACTUAL_FORMATS.find((known) => known === named) ?? 'aws-cloudcontrol';
  const arn = textAt(properties, 'Arn', 'arn');
  return {
    type,
    format,
    provider: PROVIDER_OF[format],
    id,
    aliases: arn === null || arn === id ? [] : [arn],
    name: textAt(entry, 'name'),
    properties,
    companions: objectAt(entry, 'companions'),
    tags: textMap(entry.tags),
    scope: {
      ...NO_SCOPE,
      accountId: textAt(entry, 'accountId'),
      region: textAt(entry, 'region'),
      namespace: textAt(entry, 'namespace'),
    },
    capturedAt: textAt(entry, 'capturedAt'),
    contentHash: null,
  };
}
