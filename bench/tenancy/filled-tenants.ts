// Organizations with drifts, so that what the list reads is one tenant among many.
import type pg from 'pg';

/** Text of about the size of a real security group's, so that a row weighs what it does in production. */
const STATE = `json_build_object('name', 'web', 'ingress', repeat('10.0.0.0/8 ', 60))`;

/**
 * `organization` and so many others, each with three environments and `drifts` drifts of two changes. Straight into the tables, as
 * the owner.
 */
export async function fillTenants(
  owner: pg.Client,
  organization: string,
  size: { readonly organizations: number; readonly drifts: number },
): Promise<void> {
  await owner.query(
    `insert into organizations (id, name, slug, contact_email)
     select gen_random_uuid(), 'Other ' || n, 'other-' || n, 'other@example.com' from generate_series(2, $1) n`,
    [size.organizations],
  );
  await owner.query(
    `insert into environments (organization_id, id, name, provider)
     select o.id, gen_random_uuid(), 'environment ' || n, 'aws' from organizations o, generate_series(1, 3) n`,
  );
  await owner.query(
    `insert into drift_events (organization_id, id, environment_id, fingerprint, drift_type, status, verdict, provider, resource_type,
       resource_address, actual_state, declared_state, differences_hash, detected_at, first_seen_at, last_seen_at, first_scan_id,
       last_scan_id)
     select o.id, gen_random_uuid(), e.ids[1 + n % 3], 'drift ' || n, 'modified',
       case when n % 4 = 0 then 'resolved' else 'opened' end, 'confirmed', 'aws', 'aws_security_group',
       'aws_security_group.web[' || n || ']', ${STATE}, ${STATE}, 'none', moment, moment, moment, o.id, o.id
     from organizations o
     cross join lateral (select array_agg(id) as ids from environments where organization_id = o.id and name like 'environment %') e
     cross join lateral (select n, now() - n * interval '1 minute' as moment from generate_series(1, $1::int) n) d`,
    [size.drifts],
  );
  await owner.query(
    `insert into drift_changes (organization_id, id, drift_event_id, property_path, actual_path, declared_value, actual_value,
       change_type, verdict, explanation)
     select d.organization_id, gen_random_uuid(), d.id, 'ingress.' || n, 'ingress.' || n, '"10.0.0.0/8"', '"0.0.0.0/0"', 'modified',
       'confirmed', 'Somebody opened a port.'
     from drift_events d, generate_series(1, 2) n`,
  );
  await owner.query('vacuum (analyze) drift_events, drift_changes, environments');
  const { rows } = await owner.query('select 1 from drift_events where organization_id = $1', [
    organization,
  ]);
  if (rows.length !== size.drifts) throw new Error('the tenant of the benchmark has no drifts');
}
