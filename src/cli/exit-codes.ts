/** What `scan`, `compare` and `up --once` end with; documented in docs/cli.md and relied on by pipelines. */
export const EXIT = { inSync: 0, drift: 1, error: 2, partialCoverage: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** How a shell reports a process ended by a signal. */
export const SIGNAL_EXIT = { SIGINT: 130, SIGTERM: 143 } as const;
