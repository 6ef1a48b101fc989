import type { Json, JsonObject } from '../json.js';
import { textAt } from '../json.js';
import { setProperty } from '../property-path.js';
import { InvalidResourceError, NoSuchResourceError } from '../server/cloud.js';
import type { ResourceControl } from '../server/cloud.js';
import { assetName, parseAsset } from './gcp-estate.js';
import type { GcpProject } from './gcp-estate.js';
import { parseEntry } from './log-service.js';

/** An asset as it was from `time` on; `asset` null: it was gone. */
export interface AssetVersion {
  readonly time: string;
  readonly asset: JsonObject | null;
}

interface TrackedAsset {
  readonly project: GcpProject;
  readonly versions: AssetVersion[];
}

/** The changing copy of an estate, with its past. An address is an asset's full name. */
export class GcpAssets implements ResourceControl {
  private readonly tracked = new Map<string, TrackedAsset>();
  private readonly logged = new Map<GcpProject, JsonObject[]>();
  /** In the order of listings; null after a new one came. */
  private sorted: readonly TrackedAsset[] | null = null;

  constructor(private readonly estate: readonly GcpProject[]) {
    this.reset();
  }

  reset(): void {
    this.tracked.clear();
    this.logged.clear();
    for (const project of this.estate) {
      for (const asset of project.assets) this.track(project, structuredClone(asset));
    }
  }

  /** What there was at a time (now without one), by name. */
  listed(projects: readonly GcpProject[], time: string | null): JsonObject[] {
    const found: JsonObject[] = [];
    this.sorted ??= [...this.tracked]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([, one]) => one);
    for (const { project, versions } of this.sorted) {
      if (!projects.includes(project)) continue;
      const version =
        time === null ? versions.at(-1) : versions.findLast((one) => one.time <= time);
      if (version?.asset) found.push(version.asset);
    }
    return found;
  }

  /** Undefined when the inventory never knew the name there. */
  history(projects: readonly GcpProject[], name: string): readonly AssetVersion[] | undefined {
    const found = this.tracked.get(name);
    return found && projects.includes(found.project) ? found.versions : undefined;
  }

  list(): Json {
    return this.listed(this.estate, null).map(assetName);
  }

  get(address: string): JsonObject {
    const asset = this.tracked.get(address)?.versions.at(-1)?.asset;
    if (!asset) throw new NoSuchResourceError(address);
    return asset;
  }

  /** `address` is the project's id. */
  add(resource: JsonObject, address: string): string {
    const project = this.estate.find(({ projectId }) => projectId === address);
    if (!project) throw new NoSuchResourceError(address);
    const now = new Date().toISOString();
    const asset = parseAsset({ ...resource, updateTime: now }, project, 'The asset');
    const name = assetName(asset);
    const known = this.tracked.get(name);
    if (known?.versions.at(-1)?.asset) throw new InvalidResourceError(`${name} is already there.`);
    if (known) known.versions.push({ time: now, asset });
    else this.track(project, asset);
    return name;
  }

  /** With `by`, a principal, the audit logs know who. */
  change(address: string, path: string, value: Json | undefined, by: string | null): void {
    const asset = structuredClone(this.get(address));
    setProperty(asset, path, value);
    this.record(address, asset);
    if (by !== null) this.log(address, path, by);
  }

  /** Audit log entries of what was changed since the start. */
  calls(project: GcpProject): readonly JsonObject[] {
    return this.logged.get(project) ?? [];
  }

  remove(address: string): void {
    this.get(address);
    this.record(address, null);
  }

  private track(project: GcpProject, asset: JsonObject): void {
    const time = toInstant(textAt(asset, 'updateTime') ?? '');
    this.tracked.set(assetName(asset), { project, versions: [{ time, asset }] });
    this.sorted = null;
  }

  private log(name: string, path: string, by: string): void {
    const project = this.tracked.get(name)?.project;
    if (project === undefined) return;
    const [, , serviceName = '', ...rest] = name.split('/');
    const ofBucket = serviceName === 'storage.googleapis.com';
    const protoPayload = {
      serviceName,
      methodName: `${serviceName.split('.')[0] ?? ''}.update`,
      resourceName: ofBucket ? `projects/_/buckets/${rest.join('/')}` : rest.join('/'),
      authenticationInfo: { principalEmail: by },
      requestMetadata: { callerSuppliedUserAgent: 'google-cloud-sdk gcloud/540.0.0' },
      request: { updateMask: path.replace(/^resource\.data\./, '') },
    };
    const entries = this.logged.get(project) ?? [];
    const timestamp = new Date().toISOString();
    entries.push(
      parseEntry({ timestamp, protoPayload }, project.projectId, `call${entries.length}`),
    );
    this.logged.set(project, entries);
  }

  private record(name: string, asset: JsonObject | null): void {
    const time = new Date().toISOString();
    if (asset) asset.updateTime = time;
    this.tracked.get(name)?.versions.push({ time, asset });
  }
}

/** Instants in one spelling compare as text. */
export function toInstant(time: string): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? '' : date.toISOString();
}
