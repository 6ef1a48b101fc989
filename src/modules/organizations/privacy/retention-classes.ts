/** What can be kept for different times, with the default and the least in days. */
export const RETENTION_CLASSES = {
  scans: { days: 365, least: 1 },
  resolved_drifts: { days: 730, least: 1 },
  audit: { days: 1095, least: 90 },
  sessions: { days: 30, least: 1 },
  mails: { days: 30, least: 1 },
  outbox: { days: 30, least: 1 },
} as const;

export type DataClass = keyof typeof RETENTION_CLASSES;
export const DATA_CLASSES = Object.keys(RETENTION_CLASSES) as DataClass[];

/** Which rows are too old, `$2` days; `$1` is the organization. The audit log has a way of its own. */
export const TOO_OLD: Readonly<Record<Exclude<DataClass, 'audit'>, string>> = {
  // The last scan of an environment and those that drifts refer to stay.
  scans: `scan_runs where organization_id = $1
    and finished_at < now() - make_interval(days => $2)
    and id not in (select distinct on (environment_id) id from scan_runs
      where organization_id = $1 order by environment_id, created_at desc)
    and not exists (select 1 from drift_events d where d.organization_id = $1
      and scan_runs.id in (d.first_scan_id, d.last_scan_id, d.resolved_by_scan_id))`,
  resolved_drifts: `drift_events where organization_id = $1 and status = 'resolved'
    and resolved_at < now() - make_interval(days => $2)`,
  sessions: `sessions where organization_id = $1
    and coalesce(ended_at, expires_at) < now() - make_interval(days => $2)`,
  mails: `account_links where organization_id = $1
    and coalesce(used_at, revoked_at, expires_at) < now() - make_interval(days => $2)`,
  outbox: `outbox_events where organization_id = $1
    and delivered_at < now() - make_interval(days => $2)`,
};
