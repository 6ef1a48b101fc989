import { describe, expect, it } from '@jest/globals';
import type { ChangeEvent } from '../../../core/providers/index.js';
import { chooseAttribution, type AttributedChange } from './choose-attribution.js';

const day = (number: number): string => `2026-05-${String(number).padStart(2, '0')}T12:00:00Z`;
const event = (number: number, fields: Partial<ChangeEvent> = {}): ChangeEvent => ({
  source: 'aws-cloudtrail',
  actor: `user-${number}`,
  client: 'console',
  at: day(number),
  action: 'ModifyDBInstance',
  paths: ['applyImmediately'],
  byParameters: true,
  ...fields,
});
const BACKUP: AttributedChange = {
  driftType: 'modified',
  paths: ['backupRetentionPeriod', 'backup_retention_period'],
};
const SINCE_10 = { after: new Date(day(10)), before: new Date(day(20)) };
const EVER = { after: null, before: new Date(day(20)) };
const terraform = (number: number, fields: Partial<ChangeEvent> = {}): ChangeEvent =>
  event(number, { client: 'iac', actor: 'pipeline', ...fields });

describe('who most likely made a change', () => {
  it('is whoever wrote this very property, whoever else wrote later', () => {
    const named = event(12, { paths: ['backupRetentionPeriod', 'applyImmediately'] });
    expect(chooseAttribution([event(14), named, event(11)], BACKUP, SINCE_10)).toEqual({
      source: 'aws-cloudtrail',
      actor: 'user-12',
      client: 'console',
      at: day(12),
      action: 'ModifyDBInstance',
      confidence: 'high',
      candidates: 1,
    });
  });

  it('is the only one who wrote since the last scan', () => {
    const chosen = chooseAttribution([event(12), event(9)], BACKUP, SINCE_10);
    expect(chosen).toMatchObject({ actor: 'user-12', confidence: 'high', candidates: 1 });
  });

  it('is the last of several, less surely', () => {
    const chosen = chooseAttribution([event(12), event(13)], BACKUP, SINCE_10);
    expect(chosen).toMatchObject({ actor: 'user-13', confidence: 'medium', candidates: 2 });
  });

  it('is less sure where no earlier scan looked', () => {
    const one = chooseAttribution([event(12)], BACKUP, EVER);
    expect(one).toMatchObject({ actor: 'user-12', confidence: 'medium' });
    const two = chooseAttribution([event(12), event(2)], BACKUP, EVER);
    expect(two).toMatchObject({ actor: 'user-12', confidence: 'low', candidates: 2 });
  });

  it('is nobody who wrote before the last scan, or after this one', () => {
    expect(chooseAttribution([event(9), event(21)], BACKUP, SINCE_10)).toBeNull();
  });

  it('does not blame the apply of the code', () => {
    const apply = terraform(13, { paths: ['backupRetentionPeriod'] });
    const byHand = chooseAttribution([apply, event(12)], BACKUP, SINCE_10);
    expect(byHand).toMatchObject({ actor: 'user-12', confidence: 'high' });
    expect(chooseAttribution([apply], BACKUP, EVER)).toBeNull();
  });

  it('does blame a deployment that ran between two scans and was alone', () => {
    const chosen = chooseAttribution([terraform(13)], BACKUP, SINCE_10);
    expect(chosen).toMatchObject({ client: 'iac', confidence: 'high' });
  });

  it('takes a log at its word that names every property', () => {
    const other = event(12, {
      source: 'azure-resource-changes',
      byParameters: false,
      paths: ['properties.sku'],
    });
    const change = { driftType: 'modified', paths: ['properties.tls'] } as const;
    expect(chooseAttribution([other], change, SINCE_10)).toMatchObject({ confidence: 'low' });
  });

  it.each<[string, Partial<ChangeEvent>, string]>([
    ['in other letters', { paths: ['BackupRetentionPeriod'] }, 'backupRetentionPeriod'],
    [
      'as a part',
      { paths: ['VersioningConfiguration.Status'] },
      'supplementary.BucketVersioningConfiguration.status',
    ],
    [
      'by the call',
      { action: 'PutBucketVersioning', paths: null },
      'versioning_configuration[0].status',
    ],
    ['a tag', { paths: ['tags.owner'] }, 'tags.owner'],
    [
      'a list elsewhere',
      {
        source: 'azure-resource-changes',
        byParameters: false,
        paths: ['properties.rules[3].port'],
      },
      'properties.rules[0].port',
    ],
    [
      'the whole of it',
      { source: 'gcp-asset-history', byParameters: false, paths: ['settings'] },
      'settings.backup.enabled',
    ],
  ])('knows a property %s', (_how, fields, path) => {
    const change = { driftType: 'modified', paths: [path] } as const;
    const chosen = chooseAttribution([event(11), event(12, fields), event(13)], change, SINCE_10);
    expect(chosen).toMatchObject({ actor: 'user-12', confidence: 'high', candidates: 1 });
  });

  it.each<[string, Partial<ChangeEvent>, string]>([
    ['another tag', { paths: ['tags.team'] }, 'tags.owner'],
    ['a common word', { paths: ['other.status', 'other.name'] }, 'versioning.status'],
    [
      'a neighbour',
      { source: 'azure-resource-changes', byParameters: false, paths: ['properties.tls2'] },
      'properties.tls',
    ],
  ])('does not take %s for it', (_what, fields, path) => {
    const change = { driftType: 'modified', paths: [path] } as const;
    const chosen = chooseAttribution([event(12, fields), event(13, fields)], change, SINCE_10);
    expect(chosen?.confidence).not.toBe('high');
  });

  it('asks who made what nobody declared, and who deleted what is gone', () => {
    const events = [
      event(12, { action: 'CreateBucket' }),
      event(13, { action: 'PutBucketTagging' }),
      event(14, { action: 'DeleteBucket' }),
    ];
    const whole = (driftType: 'added' | 'deleted' | 'moved') =>
      chooseAttribution(events, { driftType, paths: [] }, EVER);
    expect(whole('deleted')).toMatchObject({ actor: 'user-14', confidence: 'high' });
    expect(
      chooseAttribution(events.slice(0, 1), { driftType: 'added', paths: [] }, EVER),
    ).toMatchObject({ actor: 'user-12', confidence: 'high' });
    expect(whole('moved')).toBeNull();
  });
});
