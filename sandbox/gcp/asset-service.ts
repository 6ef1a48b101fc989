import type { JsonObject } from '../json.js';
import { textAt } from '../json.js';
import { LISTED_TYPES } from './asset-types.js';
import { GcpAssets, toInstant } from './gcp-assets.js';
import type { GcpProject } from './gcp-estate.js';
import { invalidArgument } from './gcp-protocol.js';
import { makePageToken, readPageToken } from './page-token.js';

/** v1 ContentType by the numbers clients may write instead: google/cloud/asset/v1/asset_service.proto */
const CONTENT_TYPES = [
  'CONTENT_TYPE_UNSPECIFIED',
  'RESOURCE',
  'IAM_POLICY',
  '',
  'ORG_POLICY',
  'ACCESS_POLICY',
  'OS_INVENTORY',
  'RELATIONSHIP',
] as const;

const DEFAULT_PAGE = 100;
const MAX_PAGE = 1000;
const MAX_HISTORY_NAMES = 100;

/** The two read methods: https://cloud.google.com/asset-inventory/docs/reference/rest/v1 */
export class AssetService {
  constructor(
    private readonly assets: GcpAssets,
    private readonly projects: readonly GcpProject[],
  ) {}

  /** assets.list */
  list(parent: string, query: URLSearchParams): JsonObject {
    const content = contentOf(query);
    const time = timeAt(query, 'readTime');
    const types = query.getAll('assetTypes').map((type) => this.pattern(type));
    const size = pageSize(query.get('pageSize'));
    const found = this.assets.listed(this.projects, time).filter((asset) => {
      const type = textAt(asset, 'assetType') ?? '';
      return has(asset, content) && (types.length === 0 || types.some((one) => one.test(type)));
    });
    const request = JSON.stringify([parent, content, time, query.getAll('assetTypes')]);
    const start = readPageToken(request, query.get('pageToken') ?? '');
    const end = start + size;
    const page = found.slice(start, end).map((asset) => withContent(asset, content));
    return {
      readTime: time ?? new Date().toISOString(),
      ...(page.length > 0 ? { assets: page } : {}),
      ...(end < found.length ? { nextPageToken: makePageToken(request, end) } : {}),
    };
  }

  /** batchGetAssetsHistory: newest first, each with the window in which it held. */
  history(query: URLSearchParams): JsonObject {
    const content = contentOf(query);
    const names = query.getAll('assetNames');
    if (names.length > MAX_HISTORY_NAMES) throw invalidArgument('At most 100 asset names.');
    const start = timeAt(query, 'readTimeWindow.startTime');
    if (start === null) throw invalidArgument('The read_time_window.start_time is required.');
    const end = timeAt(query, 'readTimeWindow.endTime') ?? new Date().toISOString();
    const histories = names.map((name) => this.windows(name, content, start, end));
    const assets = histories.flat();
    return assets.length > 0 ? { assets } : {};
  }

  private windows(name: string, content: string, start: string, end: string): JsonObject[] {
    const versions = this.assets.history(this.projects, name) ?? [];
    const windows = versions.flatMap(({ time, asset }, index): JsonObject[] => {
      const until = versions[index + 1]?.time;
      if (time > end || (until !== undefined && until < start)) return [];
      const window = { startTime: time, ...(until === undefined ? {} : { endTime: until }) };
      if (asset) return [{ window, asset: withContent(asset, content) }];
      const last = versions[index - 1]?.asset;
      return [{ window, deleted: true, ...(last ? { asset: withContent(last, content) } : {}) }];
    });
    return windows.reverse();
  }

  /** Type names are RE2 patterns; one that no listed type fits is refused. */
  private pattern(type: string): RegExp {
    const pattern = compile(type);
    const own = this.projects.flatMap(({ assets }) =>
      assets.map((asset) => textAt(asset, 'assetType') ?? ''),
    );
    if (![...LISTED_TYPES, ...own].some((known) => pattern.test(known))) {
      throw invalidArgument(`The asset type "${type}" is not supported or does not exist.`);
    }
    return pattern;
  }
}

function compile(type: string): RegExp {
  try {
    return new RegExp(`^(?:${type})$`);
  } catch {
    throw invalidArgument(`The asset type "${type}" is not a regular expression.`);
  }
}

export function contentOf(query: URLSearchParams): string {
  const given = query.get('contentType') ?? '0';
  const content = /^\d+$/.test(given) ? CONTENT_TYPES[Number(given)] : given;
  if (!content || !(CONTENT_TYPES as readonly string[]).includes(content)) {
    throw invalidArgument(`Invalid value at 'content_type': "${given}"`);
  }
  return content;
}

function has(asset: JsonObject, content: string): boolean {
  switch (content) {
    case 'CONTENT_TYPE_UNSPECIFIED':
      return true;
    case 'RESOURCE':
      return asset.resource !== undefined;
    case 'IAM_POLICY':
      return asset.iamPolicy !== undefined;
    default:
      return false;
  }
}

function withContent(asset: JsonObject, content: string): JsonObject {
  const { resource, iamPolicy, ...envelope } = asset;
  return {
    ...envelope,
    ...(content === 'RESOURCE' && resource !== undefined ? { resource } : {}),
    ...(content === 'IAM_POLICY' && iamPolicy !== undefined ? { iamPolicy } : {}),
  };
}

function pageSize(value: string | null): number {
  const size = Number(value ?? 0);
  if (!Number.isInteger(size) || size < 0)
    throw invalidArgument(`Invalid page_size ${value ?? ''}.`);
  return Math.min(size || DEFAULT_PAGE, MAX_PAGE);
}

function timeAt(query: URLSearchParams, name: string): string | null {
  const value = query.get(name);
  if (!value) return null;
  const time = toInstant(value);
  if (time === '') throw invalidArgument(`Invalid value at '${name}' (Timestamp): ${value}`);
  if (time > new Date().toISOString()) throw invalidArgument(`The ${name} is in the future.`);
  return time;
}
