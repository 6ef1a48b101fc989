import { textAt } from '../json.js';
import type { Json, JsonObject } from '../json.js';
import { setProperty } from '../property-path.js';
import { InvalidResourceError, NoSuchResourceError } from '../server/cloud.js';
import type { ResourceControl } from '../server/cloud.js';
import { makeSubscription, parseRow } from './azure-estate.js';
import type { AzureSubscription, AzureTenant } from './azure-estate.js';

/** The changing copy of an estate. Addresses are ARM ids without the first slash. */
export class AzureRows implements ResourceControl {
  private state: AzureSubscription[];

  constructor(private readonly tenant: AzureTenant) {
    this.state = structuredClone([...tenant.subscriptions]);
  }

  subscriptions(): readonly AzureSubscription[] {
    return this.state;
  }

  reset(): void {
    this.state = structuredClone([...this.tenant.subscriptions]);
  }

  list(): Json {
    return this.state.flatMap(({ rows }) => rows.map(addressOf));
  }

  get(address: string): JsonObject {
    const wanted = address.toLowerCase();
    const row = this.state
      .flatMap(({ rows }) => rows)
      .find((candidate) => addressOf(candidate).toLowerCase() === wanted);
    if (!row) throw new NoSuchResourceError(address);
    return row;
  }

  add(resource: JsonObject): string {
    const id = textAt(resource, 'id') ?? '';
    const subscriptionId = /^\/subscriptions\/([^/]+)/i.exec(id)?.[1]?.toLowerCase() ?? '';
    const rows = this.rowsOf(subscriptionId);
    const row = parseRow(resource, subscriptionId, this.tenant.tenantId, id || 'The row');
    if (rows.some((other) => addressOf(other).toLowerCase() === addressOf(row).toLowerCase())) {
      throw new InvalidResourceError(`${id} is already there.`);
    }
    rows.push(row);
    const known = new Set(rows.map(addressOf));
    const implied = makeSubscription(subscriptionId, [row]).rows.filter(
      (container) => !known.has(addressOf(container)),
    );
    rows.push(...implied);
    return addressOf(row);
  }

  change(address: string, path: string, value: Json | undefined): void {
    setProperty(this.get(address), path, value);
  }

  remove(address: string): void {
    const row = this.get(address);
    const rows = this.rowsOf(textAt(row, 'subscriptionId') ?? '');
    rows.splice(rows.indexOf(row), 1);
  }

  private rowsOf(subscriptionId: string): JsonObject[] {
    const found = this.state.find((one) => one.subscriptionId === subscriptionId);
    if (!found) throw new NoSuchResourceError(`subscriptions/${subscriptionId}`);
    return found.rows as JsonObject[];
  }
}

function addressOf(row: JsonObject): string {
  return (textAt(row, 'id') ?? '').slice(1);
}
