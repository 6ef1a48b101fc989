/** Username of the account through which `up` speaks to the API; its password lies in the secrets file only. */
export const OPERATOR = 'driftguard-up';

/** What the set-up process tells `up`. */
export interface SetUpReport {
  /** Migrations applied now. */
  readonly migrations: number;
  readonly administrator: {
    readonly username: string;
    /** Null when there already was one. */
    readonly password: string | null;
  };
}
