import { INITIAL_DRIFT_STATUS, statusTransitionSql } from '../drift-status.js';
import { STAGE, TAKEN_OVER } from './stage-observations.js';

const FOUND = 'settle_found';

/** $1 organization, $2 scan */
export const LOCK_SCAN = `
  select status, cancel_requested_at is not null as cancelled
  from scan_runs where organization_id = $1 and id = $2 for update`;

/** Two settlings, or a settling and a person resolving, never see half of each other. $1 organization */
export const LOCK_KNOWN_DRIFTS = `
  select count(*) from (
    select 1 from drift_events e join ${STAGE} s on s.fingerprint = e.fingerprint
    where e.organization_id = $1 order by e.id for update of e
  ) locked`;

/**
 * What becomes of each drift that was found. $1 organization, $2 scan, $3 resolutions that let a difference stay.
 * A drift this scan has already settled keeps its status: settling twice changes nothing.
 */
export const JUDGE_FOUND = `
  create temporary table ${FOUND} on commit drop as
  select s.fingerprint, coalesce(e.id, s.id) as id, e.id is null as is_new, e.status as previous,
    e.differences_hash is distinct from s.differences_hash as is_different,
    coalesce(e.last_scan_id = $2::uuid, false) as is_repeated,
    case
      when e.id is null then '${INITIAL_DRIFT_STATUS}'
      when e.last_scan_id = $2::uuid then e.status
      when e.resolution_type = any ($3::text[]) and e.differences_hash = s.differences_hash
        then ${statusTransitionSql('e.status', 'found_at_rest')}
      else ${statusTransitionSql('e.status', 'found')}
    end as next
  from ${STAGE} s
  left join drift_events e on e.organization_id = $1::uuid and e.fingerprint = s.fingerprint
  where s.is_drift`;

/** $1 organization, $2 scan, $3 environment, $4 now */
export const OPEN_NEW = `
  insert into drift_events (
    organization_id, id, environment_id, fingerprint, status, iac_resource_id,
    detected_at, first_seen_at, last_seen_at, first_scan_id, last_scan_id, ${TAKEN_OVER.join(', ')}
  )
  select $1, s.id, $3, s.fingerprint, f.next, r.id,
    $4, $4, $4, $2, $2, ${TAKEN_OVER.map((name) => `s.${name}`).join(', ')}
  from ${FOUND} f
  join ${STAGE} s on s.fingerprint = f.fingerprint and s.is_drift
  left join iac_resources r
    on r.organization_id = $1 and r.source_id = s.source_id and r.address = s.resource_address
  where f.is_new`;

/** $1 organization, $2 scan, $3 now */
export const MEET_AGAIN = `
  update drift_events e set
    status = f.next,
    detected_at = case when f.next = 'reopened' then $3 else e.detected_at end,
    reopened_count = e.reopened_count + case when f.next = 'reopened' then 1 else 0 end,
    resolved_at = case when f.next = 'resolved' then e.resolved_at end,
    resolution_type = case when f.next = 'resolved' then e.resolution_type end,
    resolved_by = case when f.next = 'resolved' then e.resolved_by end,
    resolved_by_scan_id = case when f.next = 'resolved' then e.resolved_by_scan_id end,
    resolution_comment = case when f.next = 'resolved' then e.resolution_comment end,
    last_seen_at = $3,
    last_scan_id = $2,
    seen_count = e.seen_count + 1,
    iac_resource_id = coalesce(r.id, e.iac_resource_id),
    updated_at = $3
  from ${FOUND} f
  join ${STAGE} s on s.fingerprint = f.fingerprint and s.is_drift
  left join iac_resources r
    on r.organization_id = $1 and r.source_id = s.source_id and r.address = s.resource_address
  where e.organization_id = $1 and e.id = f.id and not f.is_new and not f.is_repeated`;

/** States, ratings and changes are rewritten only where the differences are new. $1 organization */
export const TAKE_OVER_DIFFERENCES = `
  update drift_events e set ${TAKEN_OVER.map((name) => `${name} = s.${name}`).join(', ')}
  from ${FOUND} f join ${STAGE} s on s.fingerprint = f.fingerprint and s.is_drift
  where e.organization_id = $1 and e.id = f.id and not f.is_new and f.is_different`;

/** $1 organization */
export const REMOVE_OLD_CHANGES = `
  delete from drift_changes c using ${FOUND} f
  where c.organization_id = $1 and c.drift_event_id = f.id and f.is_different and not f.is_new`;

/** $1 organization */
export const INSERT_CHANGES = `
  insert into drift_changes (
    organization_id, drift_event_id, id, property_path, actual_path, declared_value, actual_value, change_type,
    verdict, is_security_critical, rule, explanation, security_reason, attribution
  )
  select $1, f.id, c.*
  from ${FOUND} f
  join ${STAGE} s on s.fingerprint = f.fingerprint and s.is_drift
  cross join lateral json_to_recordset(s.changes) as c (
    id uuid, property_path text, actual_path text, declared_value json, actual_value json, change_type text,
    verdict text, is_security_critical boolean, rule text, explanation text, security_reason text, attribution jsonb
  )
  where f.is_different`;

/**
 * Resolves what is gone: the scan looked where the drift was, and it was not there. A declared resource was looked at
 * unless its source could not be read or the stage says it was unseen; an undeclared one only where its type was read
 * completely, in its account and region, and every source was read (or it may just have become declared).
 * $1 organization, $2 scan, $3 environment, $4 now, $5 sources that could not be read
 */
export const RESOLVE_GONE = `
  update drift_events e set
    status = ${statusTransitionSql('e.status', 'gone')},
    resolved_at = $4, resolved_by_scan_id = $2, updated_at = $4
  where e.organization_id = $1 and e.environment_id = $3 and e.status <> 'resolved' and e.last_scan_id <> $2
    and not exists (select 1 from ${STAGE} s where s.fingerprint = e.fingerprint)
    and case
      when e.resource_address is not null then not coalesce(e.source_id = any ($5::uuid[]), false)
      else cardinality($5::uuid[]) = 0 and (
        select coalesce(bool_and(c.status = 'complete'), false)
        from scan_coverage c
        where c.organization_id = $1 and c.scan_id = $2 and c.provider = e.provider
          and c.resource_type in (e.native_type, '*')
          and (c.account_id is null or e.account_id is null or c.account_id = e.account_id)
          and (c.region is null or e.region is null or c.region = e.region or c.region = 'global')
      )
    end
  returning e.id`;

/** One message per change of status, none while a drift persists. $1 organization, $2 correlation, $3 now, $4 scan, $5 environment */
export const ANNOUNCE_FOUND = `
  insert into outbox_events (organization_id, id, topic, subject_id, payload, correlation_id, created_at)
  select $1, gen_random_uuid(), 'drift.' || f.next, f.id,
    jsonb_build_object('scan_id', $4::uuid, 'environment_id', $5::uuid), $2, $3
  from ${FOUND} f
  where f.next in ('opened', 'reopened') and not f.is_repeated`;

/** $1 organization, $2 correlation, $3 now, $4 scan, $5 environment, $6 ids */
export const ANNOUNCE_GONE = `
  insert into outbox_events (organization_id, id, topic, subject_id, payload, correlation_id, created_at)
  select $1, gen_random_uuid(), 'drift.resolved', gone.id,
    jsonb_build_object('scan_id', $4::uuid, 'environment_id', $5::uuid), $2, $3
  from unnest($6::uuid[]) as gone (id)`;

export const COUNT_FOUND = `
  select count(*) filter (where next = 'opened')::int as opened,
    count(*) filter (where next = 'persisting')::int as persisting,
    count(*) filter (where next = 'reopened')::int as reopened,
    count(*) filter (where next = 'resolved')::int as at_rest
  from ${FOUND}`;

/** $1 organization, $2 scan, $3 status, $4 counts, $5 coverage score, $6 notices, $7 problems, $8 now, $9 passed over, $10 unused ignore rules */
export const FINISH_SCAN = `
  update scan_runs set
    status = $3, counts = $4, coverage_score = $5, notices = $6, problems = $7, finished_at = $8, updated_at = $8,
    heartbeat_at = $8, progress_label = '', progress_total = greatest(progress_total, progress_done),
    progress_done = greatest(progress_total, progress_done), passed_over = $9, unused_ignore_rules = $10
  where organization_id = $1 and id = $2`;

/** $1 organization, $2 scan, $3 environment, $4 correlation, $5 status, $6 now */
export const ANNOUNCE_SCAN = `
  insert into outbox_events (organization_id, id, topic, subject_id, payload, correlation_id, created_at)
  values ($1, gen_random_uuid(), 'scan.finished', $2,
    jsonb_build_object('environment_id', $3::uuid, 'status', $5::text), $4, $6)`;
