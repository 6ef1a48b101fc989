import { describe, expect, it } from '@jest/globals';
import type { ChangeEvent } from '../../../core/providers/index.js';
import { clientOf } from './audit-client.js';
import { type AuditRecord, auditRecords } from './audit-record.js';
import { auditSubject } from './audit-subject.js';
import { auditedChanges } from './audited-changes.js';

function entry(payload: object, more: object = {}) {
  return {
    logName: 'projects/p/logs/cloudaudit.googleapis.com%2Factivity',
    timestamp: '2026-05-12T10:00:00.123456Z',
    protoPayload: {
      serviceName: 'compute.googleapis.com',
      methodName: 'v1.compute.firewalls.patch',
      resourceName: 'projects/p/global/firewalls/ssh',
      authenticationInfo: { principalEmail: 'mara@example.com' },
      requestMetadata: { callerSuppliedUserAgent: 'Mozilla/5.0 (X11),gzip(gfe),gzip(gfe)' },
      ...payload,
    },
    ...more,
  };
}

describe('an entry of the audit logs', () => {
  it('says who, with what, when and which parameters', () => {
    const request = { '@type': 'x', name: 'ssh', sourceRanges: ['0.0.0.0/0'], priority: 1000 };
    expect(auditRecords([entry({ request })])).toEqual([
      {
        resourceName: 'projects/p/global/firewalls/ssh',
        actor: 'mara@example.com',
        client: 'console',
        at: '2026-05-12T10:00:00.123Z',
        action: 'v1.compute.firewalls.patch',
        parameters: ['sourceRanges', 'priority'],
      },
    ]);
  });

  it.each([
    [{ updateMask: 'labels.team, description' }, ['labels.team', 'description']],
    [{ updateMask: { paths: ['labels'] }, dataset: { labels: {} } }, ['labels']],
    [{ name: 'ssh' }, null],
  ])('names by the mask of an update exactly what it writes: %j', (request, parameters) => {
    expect(auditRecords([entry({ request })])).toMatchObject([{ parameters }]);
  });

  it('counts an operation once, by its beginning, and not at all when it failed', () => {
    const first = { operation: { id: 'op-1', first: true } };
    const last = { operation: { id: 'op-1', last: true }, timestamp: '2026-05-12T10:05:00Z' };
    const [one, ...others] = auditRecords([entry({}, last), entry({}, first)]);
    expect(others).toEqual([]);
    expect(one?.at).toBe('2026-05-12T10:00:00.123Z');
    const status = { code: 7, message: 'PERMISSION_DENIED' };
    expect(auditRecords([entry({ status }, last), entry({}, first)])).toEqual([]);
    expect(auditRecords([entry({ status })])).toEqual([]);
    expect(auditRecords([entry({}, last)])).toHaveLength(1);
  });

  it('of what Google does by itself names a controller', () => {
    const logName = 'projects/p/logs/cloudaudit.googleapis.com%2Fsystem_event';
    expect(auditRecords([entry({}, { logName })])).toMatchObject([{ client: 'controller' }]);
  });

  it.each([
    ['Terraform/1.9.5 (+https://www.terraform.io) terraform-provider-google/6.1', 'a@b', 'iac'],
    ['google-cloud-sdk gcloud/540.0.0 command/gcloud.compute.firewall-rules.update', 'a@b', 'cli'],
    ['Mozilla/5.0 (Macintosh) AppleWebKit,gzip(gfe)', 'a@b', 'console'],
    ['google-api-go-client/0.5,gzip(gfe)', 'service-1@container-engine-robot.iam', 'controller'],
    ['google-api-python-client/2.1', 'job@p.iam.gserviceaccount.com', 'api'],
    ['', 'a@b', 'unknown'],
  ])('%s of %s is %s', (agent, actor, client) => {
    expect(clientOf(agent, actor)).toBe(client);
  });
});

describe('the name a resource has in the logs', () => {
  const subject = (id: string, name: string | null = null, aliases: readonly string[] = []) =>
    auditSubject({
      provider: 'gcp',
      type: 'x',
      id,
      name,
      aliases,
      scope: { accountId: 'p', region: null, namespace: null },
    });

  it.each([
    ['//storage.googleapis.com/exports', 'projects/_/buckets/exports', true],
    ['//storage.googleapis.com/exports', 'projects/_/buckets/exports/objects/a', false],
    ['//storage.googleapis.com/exports', 'projects/_/buckets/exports-2', false],
    ['//secretmanager.googleapis.com/projects/p/secrets/s', 'projects/4711/secrets/s', true],
    [
      '//compute.googleapis.com/projects/p/zones/a/instances/vm',
      'projects/p/zones/b/instances/vm',
      false,
    ],
    [
      '//container.googleapis.com/projects/p/locations/a/clusters/c',
      'projects/p/zones/a/clusters/c',
      true,
    ],
    ['//cloudsql.googleapis.com/projects/p/instances/i', 'instances/i', true],
    ['//cloudresourcemanager.googleapis.com/projects/4711', 'projects/p', true],
  ])('%s is %s: %s', (id, resourceName, is) => {
    expect(subject(id)?.matches(resourceName)).toBe(is);
  });

  it('may be one of its others, and is none of what is no asset', () => {
    const zone = subject('//dns.googleapis.com/projects/p/managedZones/42', 'shop-zone');
    expect(zone?.endings).toEqual(['managedZones/42', 'managedZones/shop-zone']);
    expect(zone?.matches('projects/p/managedZones/shop-zone')).toBe(true);
    expect(subject('some-name')).toBeNull();
  });

  it.each([
    ['projects/p/topics/t', 'pubsub.googleapis.com/Topic', 'projects/p/topics/t'],
    ['projects/p/topics/t', 'google_pubsub_topic', 'projects/p/topics/t'],
    ['exports', 'storage.googleapis.com/Bucket', 'projects/_/buckets/exports'],
    ['tracking', 'sqladmin.googleapis.com/Instance', 'projects/p/instances/tracking'],
  ])('is found for a deleted one the code knew as %s', (id, type, resourceName) => {
    const scope = { accountId: 'p', region: null, namespace: null };
    const found = auditSubject({ provider: 'gcp', type, id, name: null, aliases: [], scope });
    expect(found?.matches(resourceName)).toBe(true);
    expect(found?.service ?? '').not.toContain('sqladmin');
  });
});

describe('changes joined with calls', () => {
  const change = (minute: number, paths: readonly string[]): ChangeEvent => ({
    source: 'gcp-asset-history',
    actor: null,
    client: 'unknown',
    at: new Date(Date.UTC(2026, 4, 12, 10, minute)).toISOString(),
    action: null,
    paths,
  });
  const call = (minute: number, actor: string, parameters: readonly string[] | null = null) =>
    ({
      resourceName: 'x',
      actor,
      client: 'cli',
      at: new Date(Date.UTC(2026, 4, 12, 10, minute)).toISOString(),
      action: 'patch',
      parameters,
    }) satisfies AuditRecord;
  const who = (events: readonly ChangeEvent[]) =>
    events.map(({ actor, paths, byParameters }) => [actor, paths, byParameters === true]);

  it('are of the one who called shortly before', () => {
    const events = auditedChanges([change(10, ['labels']), change(40, ['size'])], [call(9, 'ana')]);
    expect(who(events)).toEqual([
      [null, ['size'], false],
      ['ana', ['labels'], false],
    ]);
  });

  it('go to each caller since the change before', () => {
    const changes = [change(10, ['labels']), change(12, ['size'])];
    const events = auditedChanges(changes, [call(9, 'ana'), call(11, 'bo')]);
    expect(who(events)).toEqual([
      ['bo', ['size'], false],
      ['ana', ['labels'], false],
    ]);
  });

  it('go to the one whose parameters name them, of several', () => {
    const calls = [call(8, 'ana', ['sourceRanges']), call(9, 'bo', ['logConfig'])];
    expect(who(auditedChanges([change(10, ['sourceRanges'])], calls))).toEqual([
      ['bo', ['logConfig'], true],
      ['ana', ['sourceRanges'], false],
    ]);
  });

  it('are nobody’s for certain where several called and none names them', () => {
    const calls = [call(8, 'ana'), call(9, 'bo')];
    expect(who(auditedChanges([change(10, ['labels'])], calls))).toEqual([
      ['bo', null, true],
      ['ana', null, true],
    ]);
  });
});
