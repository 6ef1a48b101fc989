import type {
  ActualResource,
  CoverageStatus,
  InventoryPart,
  InventoryRecord,
  JsonObject,
} from '../../core/providers/index.js';
import { LIST_RESOURCE } from './asset-survey.js';
import type { GcpApi } from './gcp.api.js';
import { readFailure } from './gcp.errors.js';
import type { AssetFacts } from './live-asset.js';
import { readAsset } from './live-asset.js';
import type { PolicyListing } from './policy-listing.js';
import type { RegionFilter } from './region-filter.js';

type Page = readonly InventoryRecord[];

interface Verdict {
  readonly status: CoverageStatus;
  readonly message: string | null;
}

/** What was read of one type; resources by project ('' where several are not told apart) and location ('' for none). */
interface Tally {
  readonly byProject: Map<string, Map<string, number>>;
  unreadable: number;
}

export interface ReaderInput {
  readonly api: GcpApi;
  readonly projects: ReadonlyMap<string, string>;
  /** Null when a folder or an organization is read: its listings answer for all its projects at once. */
  readonly projectId: string | null;
  readonly policies: PolicyListing | null;
  readonly regions: RegionFilter;
  readonly hash: (text: string) => string;
  /** What an earlier attempt read completely. */
  readonly isCompleted: (part: InventoryPart) => boolean;
  readonly signal: AbortSignal;
}

/** Reads the types of one listing: pages of resources, and the coverage records as the last page. */
export class AssetReader {
  constructor(private readonly input: ReaderInput) {}

  async *read(types: readonly string[]): AsyncGenerator<Page> {
    const { api, signal } = this.input;
    const tallies = new Map<string, Tally>(
      types.map((type) => [
        type,
        { byProject: new Map<string, Map<string, number>>(), unreadable: 0 },
      ]),
    );
    let pages = 0;
    let verdict: Verdict = { status: 'complete', message: null };
    try {
      for await (const assets of api.list({ types, content: 'RESOURCE' })) {
        pages += 1;
        yield this.resources(assets, tallies);
      }
    } catch (error) {
      signal.throwIfAborted();
      const failure = readFailure(error, LIST_RESOURCE);
      if (failure.rejected && pages === 0 && types.length > 1) {
        // One of them is the reason; the others answer for themselves.
        for (const type of types) yield* this.read([type]);
        return;
      }
      verdict =
        pages === 0
          ? failure
          : { status: 'partial', message: `Stopped after ${pages} pages: ${failure.message}` };
    }
    yield [...tallies].flatMap(([type, tally]) => this.coverage(type, tally, verdict, pages));
  }

  private resources(
    assets: readonly JsonObject[],
    tallies: ReadonlyMap<string, Tally>,
  ): InventoryRecord[] {
    const records: InventoryRecord[] = [];
    for (const asset of assets) {
      const { name, assetType } = asset;
      // The API takes type names as patterns.
      const tally = typeof assetType === 'string' ? tallies.get(assetType) : undefined;
      if (!tally || typeof name !== 'string') continue;
      const resource = readAsset(asset, this.factsOf(name));
      if (resource === 'unreadable') tally.unreadable += 1;
      else if (this.counted(resource, tally)) {
        records.push({ kind: 'resource', resource, part: this.lastPart(resource.type) });
      }
    }
    return records;
  }

  private factsOf(name: string): AssetFacts {
    const { projects, projectId, policies, hash } = this.input;
    const iamPolicy = policies === null ? 'unread' : policies.policyOf(name);
    return { projects, projectId, hash, iamPolicy };
  }

  /** The coverage record that ends a type: of the last region, for whatever project has no record of its own. */
  private lastPart(type: string): InventoryPart {
    const { regions, projectId } = this.input;
    return { type, accountId: projectId, region: regions.places.at(-1) ?? null };
  }

  private counted({ scope }: ActualResource, { byProject }: Tally): boolean {
    if (!this.input.regions.holds(scope.region)) return false;
    const project = this.input.projectId === null ? (scope.accountId ?? '') : '';
    const byLocation = byProject.get(project) ?? new Map<string, number>();
    byProject.set(project, byLocation);
    const location = scope.region ?? '';
    byLocation.set(location, (byLocation.get(location) ?? 0) + 1);
    return true;
  }

  /**
   * One record for the type; where only some regions are read, one for each of them. Of a folder or an organization one for each
   * project that has any, and one for all the others.
   */
  private coverage(
    type: string,
    { byProject, unreadable }: Tally,
    verdict: Verdict,
    pages: number,
  ): InventoryRecord[] {
    const gap: Verdict = {
      status: 'partial',
      message: `${unreadable} were listed without their content`,
    };
    const { status, message } = unreadable > 0 && verdict.status === 'complete' ? gap : verdict;
    const { projectId, regions, isCompleted } = this.input;
    const projects = [...byProject].filter(([project]) => project !== '');
    const rest = ['', byProject.get('') ?? new Map<string, number>()] as const;
    const records = [...projects, rest].flatMap(([project, byLocation]) =>
      regions.counts(byLocation).map(([region, resources]) => ({
        provider: 'gcp' as const,
        type,
        accountId: project === '' ? projectId : project,
        region,
        status,
        resources,
        pages,
        message,
      })),
    );
    return records
      .filter((coverage) => !isCompleted(coverage))
      .map((coverage) => ({ kind: 'coverage', coverage }));
  }
}
