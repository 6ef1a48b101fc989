import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { EstateError } from '../estate-error.js';
import { instant } from '../instant.js';
import { isObject, objectAt, objectsAt, scalarText, textAt, textsAt } from '../json.js';
import type { Json, JsonObject } from '../json.js';

export interface AwsAccount {
  readonly accountId: string;
  readonly arn: string;
  readonly userId: string;
  readonly accessKeyIds: readonly string[];
  /** Roles that may be assumed; null: any, by any caller. */
  readonly roles?: readonly AwsRole[] | null;
  readonly aggregators?: readonly AwsAggregator[];
  /** What Account Management answers; the regions of the estate by default. */
  readonly enabledRegions?: readonly string[];
  readonly regions: Readonly<Record<string, AwsRegion>>;
}

export interface AwsRole {
  readonly name: string;
  /** Asked of the caller; null when the trust policy has no such condition. */
  readonly externalId: string | null;
  /** Accounts that may assume it; empty: all. */
  readonly trusts: readonly string[];
}

/** Collects every account of the estate, or those it names. */
export interface AwsAggregator {
  readonly name: string;
  readonly region: string;
  readonly accounts: readonly string[];
  /** `account/region` whose last update failed. */
  readonly failed: readonly string[];
}

export interface AwsModel {
  Identifier: string;
  Properties: JsonObject;
}

export interface AwsRegion {
  readonly recorders: readonly JsonObject[];
  readonly recorderStatus: readonly JsonObject[];
  /** In the shape advanced queries see: `accountId`, `arn`, `tags` as a list. */
  readonly items: readonly JsonObject[];
  /** What Cloud Control lists, by type; a type that is not here cannot be listed. */
  readonly models: Readonly<Record<string, AwsModel[]>>;
  /** CloudTrail records, newest first. */
  readonly events: readonly JsonObject[];
}

/** Reads `ESTATE/aws`; no accounts when the folder does not exist. The layout is in sandbox/README.md. */
export function loadAwsEstate(estate: string): AwsAccount[] {
  const root = path.join(estate, 'aws');
  return folders(root).map((accountId) => {
    if (!/^\d{12}$/.test(accountId)) {
      throw new EstateError(`${root}/${accountId}: an account folder is named by 12 digits.`);
    }
    const folder = path.join(root, accountId);
    const regions = folders(folder).map(
      (region) => [region, loadRegion(path.join(folder, region), accountId, region)] as const,
    );
    return parseAccount(accountId, readOptional(path.join(folder, 'account.json')), regions);
  });
}

function parseAccount(
  accountId: string,
  settings: JsonObject,
  regions: readonly (readonly [string, AwsRegion])[],
): AwsAccount {
  return {
    accountId,
    arn: textAt(settings, 'arn') ?? `arn:aws:iam::${accountId}:user/scanner`,
    userId: textAt(settings, 'userId') ?? 'AIDASANDBOXSCANNER000',
    accessKeyIds: textsAt(settings, 'accessKeyIds'),
    roles: 'roles' in settings ? objectsAt(settings, 'roles').map(parseRole) : null,
    aggregators: objectsAt(settings, 'aggregators').map(parseAggregator),
    enabledRegions:
      'enabledRegions' in settings
        ? textsAt(settings, 'enabledRegions')
        : regions.map(([name]) => name),
    regions: Object.fromEntries(regions),
  };
}

function parseRole(role: JsonObject): AwsRole {
  return {
    name: textAt(role, 'name') ?? '',
    externalId: textAt(role, 'externalId') ?? null,
    trusts: textsAt(role, 'trusts'),
  };
}

function parseAggregator(aggregator: JsonObject): AwsAggregator {
  return {
    name: textAt(aggregator, 'name') ?? 'default',
    region: textAt(aggregator, 'region') ?? 'us-east-1',
    accounts: textsAt(aggregator, 'accounts'),
    failed: textsAt(aggregator, 'failed'),
  };
}

function loadRegion(folder: string, accountId: string, region: string): AwsRegion {
  const recorder = readOptional(path.join(folder, 'recorder.json'));
  const items = new Map<string, JsonObject>();
  for (const file of jsonFiles(folder)) {
    const content = readJson(file);
    if (!Array.isArray(content)) throw new EstateError(`${file} is not a JSON array of items.`);
    content.forEach((item, index) => {
      const parsed = parseItem(item, accountId, region, `${file}[${index}]`);
      const key = itemKey(parsed);
      if (items.has(key)) throw new EstateError(`${file}[${index}]: ${key} is there twice.`);
      items.set(key, parsed);
    });
  }
  return makeRegion([...items.values()], recorder, {
    models: loadModels(path.join(folder, 'cloud-control.json')),
    events: loadEvents(path.join(folder, 'cloudtrail.json')),
  });
}

function loadModels(file: string): Record<string, AwsModel[]> {
  const content = readOptional(file);
  return Object.fromEntries(
    Object.keys(content).map((type) => [
      type,
      objectsAt(content, type).map((model) => ({
        Identifier: textAt(model, 'Identifier') ?? '',
        Properties: objectAt(model, 'Properties'),
      })),
    ]),
  );
}

function loadEvents(file: string): JsonObject[] {
  const content = existsSync(file) ? readJson(file) : [];
  if (!Array.isArray(content)) throw new EstateError(`${file} is not a JSON array of events.`);
  return content
    .filter(isObject)
    .map((event) => ({ ...event, eventTime: instant(scalarText(event.eventTime)) }));
}

/** A region that records everything, unless `recorder` says otherwise. */
export function makeRegion(
  items: readonly JsonObject[],
  recorder: JsonObject = {},
  { models = {}, events = [] }: Partial<Pick<AwsRegion, 'models' | 'events'>> = {},
): AwsRegion {
  const given = 'ConfigurationRecorders' in recorder;
  return {
    items,
    models,
    events: events.toSorted((left, right) => timeOf(right) - timeOf(left)),
    recorders: given ? objectsAt(recorder, 'ConfigurationRecorders') : [DEFAULT_RECORDER],
    recorderStatus: given
      ? objectsAt(recorder, 'ConfigurationRecordersStatus')
      : [{ name: 'default', recording: true, lastStatus: 'Success', lastStartTime: 1767225600 }],
  };
}

/** Of a CloudTrail record. */
export function timeOf(event: JsonObject): number {
  return Date.parse(scalarText(event.eventTime)) || 0;
}

const DEFAULT_RECORDER: JsonObject = {
  name: 'default',
  recordingGroup: {
    allSupported: true,
    includeGlobalResourceTypes: true,
    resourceTypes: [],
    recordingStrategy: { useOnly: 'ALL_SUPPORTED_RESOURCE_TYPES' },
  },
  recordingMode: { recordingFrequency: 'CONTINUOUS' },
  recordingScope: 'PAID',
};

export function itemKey(item: JsonObject): string {
  return `${textAt(item, 'resourceType') ?? ''}/${textAt(item, 'resourceId') ?? ''}`;
}

/** Checks one item and brings it into the shape queries see. */
export function parseItem(
  item: Json,
  accountId: string,
  region: string,
  where: string,
): JsonObject {
  if (!isObject(item)) throw new EstateError(`${where} is not an object.`);
  const { ARN, awsAccountId, tags, ...rest } = item;
  for (const field of ['resourceType', 'resourceId'] as const) {
    if (!textAt(item, field)) throw new EstateError(`${where} has no ${field}.`);
  }
  if (!('configuration' in item)) throw new EstateError(`${where} has no configuration.`);
  const owner =
    textAt(item, 'accountId') ?? (typeof awsAccountId === 'string' ? awsAccountId : accountId);
  const home = textAt(item, 'awsRegion') ?? region;
  if (owner !== accountId) throw new EstateError(`${where} belongs to account ${owner}.`);
  if (home !== region && home !== 'global') throw new EstateError(`${where} lives in ${home}.`);
  return {
    configurationItemCaptureTime: '2026-01-01T00:00:00.000Z',
    configurationItemStatus: 'OK',
    supplementaryConfiguration: {},
    ...(ARN === undefined ? {} : { arn: ARN }),
    ...rest,
    accountId: owner,
    awsRegion: home,
    tags: tagList(tags),
  };
}

function tagList(tags: Json | undefined): Json {
  if (!isObject(tags)) return Array.isArray(tags) ? tags : [];
  return Object.entries(tags).map(([key, value]) => ({
    tag: `${key}=${scalarText(value)}`,
    key,
    value,
  }));
}

function folders(root: string): string[] {
  if (!existsSync(root)) return [];
  const entries = readdirSync(root, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

const NO_ITEMS = new Set(['recorder.json', 'cloud-control.json', 'cloudtrail.json']);

function jsonFiles(folder: string): string[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names
    .filter((name) => name.endsWith('.json') && !NO_ITEMS.has(path.basename(name)))
    .sort()
    .map((name) => path.join(folder, name));
}

export function readOptional(file: string): JsonObject {
  if (!existsSync(file)) return {};
  const content = readJson(file);
  if (!isObject(content)) throw new EstateError(`${file} is not a JSON object.`);
  return content;
}

function readJson(file: string): Json {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Json;
  } catch (error) {
    throw new EstateError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
