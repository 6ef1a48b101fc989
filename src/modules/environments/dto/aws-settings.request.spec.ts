import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { CloudSettingsBody, givenSettings } from './cloud-settings.request.js';

const ROLE = 'arn:aws:iam::111122223333:role/driftguard-read';

function read(aws: unknown): CloudSettingsBody {
  return plainToInstance(CloudSettingsBody, { aws });
}

describe('cloud_settings.aws', () => {
  it.each([
    [null],
    [{}],
    [{ accounts: [{ role_arn: ROLE }, { account_id: '444455556666' }], role_name: 'read' }],
    [{ organization: { units: ['ou-ab12-11111111'] }, role_name: 'team/read', external_id: 'a:b' }],
    [{ aggregator: { name: 'company', region: 'eu-west-1' }, cloud_control: 'off' }],
  ])('%j is taken', (aws) => {
    expect(validateSync(read(aws))).toEqual([]);
  });

  it.each([
    [{ accounts: [{}] }, 'account_id must be the number of an AWS account'],
    [{ accounts: [{ role_arn: 'read' }] }, 'role_arn must be the ARN'],
    [
      { accounts: [{ role_arn: ROLE, account_id: { a: 1 } }] },
      'account_id must be the number of an AWS account',
    ],
    [{ organization: {} }, 'an organization needs one'],
    [{ organization: { units: ['prod'] }, role_name: 'x' }, 'must be a root (r-…) or a unit'],
    [{ external_id: 'a b' }, 'external_id must be an external id'],
    [{ aggregator: { name: 'company' } }, 'region must be an AWS region'],
    [{ cloud_control: 'all' }, 'cloud_control must be one of'],
  ])('%j is refused: %s', (aws, message) => {
    expect(JSON.stringify(validateSync(read(aws)))).toContain(message);
  });

  it('is kept in full, so that a change replaces it as a whole', () => {
    expect(givenSettings(read({ accounts: [{ role_arn: ROLE }] })).aws).toEqual({
      accounts: [{ account_id: null, role_arn: ROLE, role_name: null, external_id: null }],
      role_name: null,
      external_id: null,
      session_name: null,
      organization: null,
      aggregator: null,
      cloud_control: 'declared',
    });
    expect(givenSettings(read(null)).aws).toBeNull();
  });
});
