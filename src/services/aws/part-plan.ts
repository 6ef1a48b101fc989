import type { InventoryPart, InventoryRecord } from '../../core/providers/index.js';
import type { OpenedAccount } from './account-opening.js';
import { CloudControlApi } from './cloud-control.api.js';
import { CloudControlReader } from './cloud-control-reader.js';
import { ConfigApi } from './config.api.js';
import { ConfigReader } from './config-reader.js';
import type { Outages } from './outages.js';
import { partOf, planReadings } from './reading-plan.js';
import type { PlanScope, Reading } from './reading-plan.js';
import { TypeReader } from './type-reader.js';

/** Reads one part to its coverage record. */
export type PartListing = () => AsyncGenerator<readonly InventoryRecord[]>;

export interface PartPlan {
  readonly scope: PlanScope;
  readonly hash: (text: string) => string;
  readonly outages: Outages;
  /** Parts an earlier attempt read. */
  isDone(part: InventoryPart): boolean;
}

/** Every part of every account once. Neighbours are of different accounts, so that quotas, which are per account and region, share the load. */
export function planParts(accounts: readonly OpenedAccount[], plan: PartPlan): PartListing[] {
  const queues = accounts.map((account) => partsOf(account, plan));
  const longest = Math.max(0, ...queues.map((queue) => queue.length));
  return Array.from({ length: longest }, (_, turn) =>
    queues.flatMap((queue) => queue[turn] ?? []),
  ).flat();
}

function partsOf(
  { accountId, session, surveys }: OpenedAccount,
  { scope, hash, outages, isDone }: PartPlan,
): PartListing[] {
  const withSession = { ...scope, cloudControl: scope.cloudControl && session !== null };
  const readings = planReadings(
    surveys.map(({ survey }) => survey),
    withSession,
  ).filter((reading) => !isDone(partOf(reading, accountId)));
  const cloudControl =
    session !== null && scope.cloudControl
      ? new CloudControlReader(new CloudControlApi(session), hash)
      : null;
  const ownConfig = session === null ? null : new ConfigApi(session);
  const readers = new Map(
    surveys.map(({ survey, lister }) => {
      const config = new ConfigReader(lister, hash, scope.known);
      const all = { accountId, config, cloudControl, ownConfig };
      return [survey.region, new TypeReader(all, outages)] as const;
    }),
  );
  return acrossRegions(readings).flatMap((reading) => {
    const reader = readers.get(reading.region);
    return reader ? [() => reader.read(reading)] : [];
  });
}

function acrossRegions(readings: readonly Reading[]): Reading[] {
  const byRegion = new Map<string, Reading[]>();
  for (const reading of readings) {
    const known = byRegion.get(reading.region);
    if (known) known.push(reading);
    else byRegion.set(reading.region, [reading]);
  }
  const queues = [...byRegion.values()];
  const longest = Math.max(0, ...queues.map((queue) => queue.length));
  return Array.from({ length: longest }, (_, turn) =>
    queues.flatMap((queue) => queue[turn] ?? []),
  ).flat();
}
