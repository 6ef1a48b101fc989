import type { Json, JsonObject } from '../json.js';
import { textAt } from '../json.js';
import { setProperty } from '../property-path.js';
import { InvalidResourceError, NoSuchResourceError } from '../server/cloud.js';
import type { ResourceControl } from '../server/cloud.js';
import { itemKey, makeRegion, parseItem } from './aws-estate.js';
import type { AwsAccount, AwsModel, AwsRegion } from './aws-estate.js';

/** The changing copy of an estate. Addresses are `account/region/type/resource id`. */
export class AwsResources implements ResourceControl {
  private state: AwsAccount[];

  constructor(private readonly estate: readonly AwsAccount[]) {
    this.state = structuredClone([...estate]);
  }

  accounts(): readonly AwsAccount[] {
    return this.state;
  }

  reset(): void {
    this.state = structuredClone([...this.estate]);
  }

  /** A region without a folder is one where AWS Config was never switched on. */
  region(account: AwsAccount, name: string): AwsRegion {
    return account.regions[name] ?? makeRegion([], { ConfigurationRecorders: [] });
  }

  list(): Json {
    return this.state.flatMap((account) =>
      Object.entries(account.regions).flatMap(([region, { items, models }]) => {
        const modelled = Object.entries(models).flatMap(([type, all]) =>
          all.map(({ Identifier: id }) => `${type}/${id}`),
        );
        return [...items.map(itemKey), ...modelled].map(
          (key) => `${account.accountId}/${region}/${key}`,
        );
      }),
    );
  }

  get(address: string): JsonObject {
    const { items, key } = this.locate(address);
    const found = items.find((candidate) => itemKey(candidate) === key) ?? this.model(address);
    if (!found) throw new NoSuchResourceError(address);
    return found;
  }

  add(resource: JsonObject, address: string): string {
    const { items, key, accountId, region } = this.locate(address);
    const item = parseItem(
      resource,
      accountId,
      region,
      textAt(resource, 'resourceId') ?? 'The item',
    );
    if (items.some((other) => itemKey(other) === itemKey(item))) {
      throw new InvalidResourceError(`${itemKey(item)} is already there.`);
    }
    if (key && key !== itemKey(item))
      throw new InvalidResourceError(`${itemKey(item)} is not ${key}.`);
    items.push({ ...item, ...recordedNow('ResourceDiscovered') });
    return `${accountId}/${region}/${itemKey(item)}`;
  }

  change(address: string, path: string, value: Json | undefined): void {
    const found = this.get(address);
    setProperty(found, path, value);
    if ('resourceId' in found) Object.assign(found, recordedNow('OK'));
  }

  /** The item stays as the record of a deleted resource, as AWS Config keeps it. */
  remove(address: string): void {
    const found = this.get(address);
    if ('resourceId' in found) {
      Object.assign(found, recordedNow('ResourceDeleted'));
      return;
    }
    const models = this.modelsAt(address);
    models.splice(models.indexOf(found as unknown as AwsModel), 1);
  }

  /** A resource only Cloud Control knows: `{ Identifier, Properties }`. */
  private model(address: string): JsonObject | undefined {
    const id = this.locate(address).key.split('/').slice(1).join('/');
    const found = this.modelsAt(address).find(({ Identifier }) => Identifier === id);
    return found as unknown as JsonObject | undefined;
  }

  private modelsAt(address: string): AwsModel[] {
    const [accountId, region = '', type = ''] = address.split('/');
    const account = this.state.find((candidate) => candidate.accountId === accountId);
    return account?.regions[region]?.models[type] ?? [];
  }

  private locate(address: string): {
    items: JsonObject[];
    key: string;
    accountId: string;
    region: string;
  } {
    const [accountId = '', region = '', ...rest] = address.split('/');
    const account = this.state.find((candidate) => candidate.accountId === accountId);
    const found = account?.regions[region];
    if (!found) throw new NoSuchResourceError(address);
    return { items: found.items as JsonObject[], key: rest.join('/'), accountId, region };
  }
}

function recordedNow(status: string): JsonObject {
  const now = new Date();
  return {
    configurationItemStatus: status,
    configurationItemCaptureTime: now.toISOString(),
    configurationStateId: String(now.getTime()),
  };
}
