import type { ActualResource, JsonObject } from '../../core/providers/index.js';
import type { GraphPage } from './azure.api.js';

/** Counts what a listing brought, and whether that is all of it. */
export class TypeTally {
  pages = 0;
  private rows = 0;
  private unreadable = 0;
  private announced = 0;
  private cutOff = false;
  private lastPage: ReadonlySet<string> = new Set();
  private readonly counts = new Map<string, number>();

  /** The resources of a page that the page before did not bring: with changes under way pages may overlap. */
  take(page: GraphPage, read: (row: JsonObject) => ActualResource | null): ActualResource[] {
    this.pages += 1;
    this.announced = page.total;
    this.cutOff ||= page.cutOff;
    const ids = new Set<string>();
    const fresh: ActualResource[] = [];
    for (const row of page.rows) {
      const resource = read(row);
      if (resource === null) {
        this.unreadable += 1;
        continue;
      }
      const id = resource.id.toLowerCase();
      if (ids.has(id) || this.lastPage.has(id)) continue;
      ids.add(id);
      this.add(resource);
      fresh.push(resource);
    }
    this.rows += fresh.length;
    this.lastPage = ids;
    return fresh;
  }

  /** `region` null for all. */
  count(type: string, region: string | null): number {
    return this.counts.get(region === null ? type : `${type} ${region}`) ?? 0;
  }

  /** Why the listing is not complete although every page came; null when it is. */
  gap(): { readonly status: 'partial'; readonly message: string } | null {
    const partial = (message: string) => ({ status: 'partial', message }) as const;
    if (this.cutOff) {
      return partial('Resource Graph cut the result off and gave no token to read on');
    }
    if (this.unreadable > 0) return partial(`${this.unreadable} rows came without id or type`);
    if (this.rows >= this.announced) return null;
    return partial(`Resource Graph announced ${this.announced} resources and gave ${this.rows}`);
  }

  private add({ type, scope }: ActualResource): void {
    const location = plainLocation(scope.region ?? '');
    for (const key of [type, `${type} ${location}`]) {
      this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
    }
  }
}

/** `West Europe` as Resource Manager writes it: `westeurope`. */
export function plainLocation(location: string): string {
  return location.toLowerCase().replaceAll(' ', '');
}
