/** Which locations are read. The API lists a type in all of them at once, so the rest is left out on arrival. */
export class RegionFilter {
  /** Empty means all. */
  constructor(private readonly regions: readonly string[]) {}

  /** A region holds its zones; what is global or in a multi-region (`eu`, `nam4`) belongs to all. */
  holds(location: string | null): boolean {
    if (this.regions.length === 0 || !location?.includes('-')) return true;
    return this.regions.some((region) => location === region || location.startsWith(`${region}-`));
  }

  /** Regions each type gets a record of, in any case; null for all at once. */
  get places(): readonly (string | null)[] {
    return this.regions.length === 0 ? [null] : this.regions;
  }

  /**
   * Coverage per location; those of `places` come last. Without a filter one record speaks for all; with one, a record for each region and each location within
   * it, and none without a region, which would speak for regions that were not read.
   */
  counts(byLocation: ReadonlyMap<string, number>): [region: string | null, resources: number][] {
    const [first] = this.regions;
    if (first === undefined) {
      return [[null, [...byLocation.values()].reduce((sum, count) => sum + count, 0)]];
    }
    const counts = new Map<string, number>(this.regions.map((region) => [region, 0]));
    for (const [location, count] of byLocation) {
      const home = location === '' ? first : location;
      counts.set(home, (counts.get(home) ?? 0) + count);
    }
    const asked = (region: string): number => this.regions.indexOf(region);
    return [...counts].sort(([left], [right]) => asked(left) - asked(right));
  }
}
