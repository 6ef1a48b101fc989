import type { protos } from '@google-cloud/asset';
import type { JsonObject, JsonValue } from '../../core/providers/index.js';

type Asset = protos.google.cloud.asset.v1.IAsset;
type TemporalAsset = protos.google.cloud.asset.v1.ITemporalAsset;
type Struct = protos.google.protobuf.IStruct;
type Value = protos.google.protobuf.IValue;
type Policy = protos.google.iam.v1.IPolicy;

/**
 * An asset as the SDK decodes it, in the JSON the REST API and exports write:
 * https://cloud.google.com/asset-inventory/docs/reference/rest/v1/Asset
 */
export function assetDocument(asset: Asset): JsonObject {
  const { resource, iamPolicy } = asset;
  return {
    name: asset.name ?? '',
    assetType: asset.assetType ?? '',
    updateTime: timestamp(asset.updateTime),
    ancestors: [...(asset.ancestors ?? [])],
    ...(resource
      ? {
          resource: {
            version: resource.version ?? '',
            discoveryName: resource.discoveryName ?? '',
            resourceUrl: resource.resourceUrl ?? '',
            parent: resource.parent ?? '',
            location: resource.location ?? '',
            ...(resource.data ? { data: structOf(resource.data) } : {}),
          },
        }
      : {}),
    ...(iamPolicy ? { iamPolicy: policyOf(iamPolicy) } : {}),
  };
}

/** What an asset was from a time on. */
export interface AssetState {
  /** ISO 8601. */
  readonly from: string | null;
  readonly deleted: boolean;
  /** `resource.data`; null where the service does not say. */
  readonly data: JsonObject | null;
}

/** https://cloud.google.com/asset-inventory/docs/reference/rest/v1/TopLevel/batchGetAssetsHistory#TemporalAsset */
export function assetState({ window, deleted, asset }: TemporalAsset): AssetState {
  const from = timestamp(window?.startTime);
  return {
    from: typeof from === 'string' ? from : null,
    deleted: deleted === true,
    data: asset?.resource?.data ? structOf(asset.resource.data) : null,
  };
}

/** https://protobuf.dev/reference/protobuf/google.protobuf/#struct */
function structOf({ fields }: Struct): JsonObject {
  return Object.fromEntries(Object.entries(fields ?? {}).map(([key, one]) => [key, valueOf(one)]));
}

function valueOf(value: Value): JsonValue {
  if (value.structValue) return structOf(value.structValue);
  if (value.listValue) return (value.listValue.values ?? []).map(valueOf);
  return value.stringValue ?? value.numberValue ?? value.boolValue ?? null;
}

/** Without the fields the decoder fills with nothing. */
function policyOf({ version, etag, bindings, auditConfigs }: Policy): JsonObject {
  return {
    version: version ?? 0,
    ...(etag && etag.length > 0 ? { etag: Buffer.from(etag).toString('base64') } : {}),
    bindings: (bindings ?? []).map(({ role, members, condition }) => ({
      role: role ?? '',
      members: [...(members ?? [])],
      ...(condition
        ? {
            condition: {
              title: condition.title ?? '',
              description: condition.description ?? '',
              expression: condition.expression ?? '',
            },
          }
        : {}),
    })),
    ...(auditConfigs && auditConfigs.length > 0
      ? {
          auditConfigs: auditConfigs.map(({ service, auditLogConfigs }) => ({
            service: service ?? '',
            auditLogConfigs: (auditLogConfigs ?? []).map(({ logType, exemptedMembers }) => ({
              logType: String(logType ?? ''),
              ...(exemptedMembers?.length ? { exemptedMembers: [...exemptedMembers] } : {}),
            })),
          })),
        }
      : {}),
  };
}

function timestamp(time: protos.google.protobuf.ITimestamp | null | undefined): JsonValue {
  if (!time) return null;
  const milliseconds = Number(time.seconds ?? 0) * 1000 + Math.floor((time.nanos ?? 0) / 1e6);
  return new Date(milliseconds).toISOString();
}
