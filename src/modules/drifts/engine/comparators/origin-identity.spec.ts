import { describe, expect, it } from '@jest/globals';
import { createEstate } from '../scan-facts.js';
import { fieldOf } from '../testing/rule-on.js';
import { originIdentity } from './origin-identity.js';

const user = { CanonicalUser: ['b970'] };
const identity = (id: string) => ({
  AWS: [`arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity ${id}`],
});

function rule(declared: object, actual: object, read = true, path = 'Principal'): string {
  const field = fieldOf({ path });
  const type = 'AWS::CloudFront::CloudFrontOriginAccessIdentity';
  const properties = { Id: 'E1', S3CanonicalUserId: 'b970' };
  const estate = createEstate([], read ? [{ ...field.pair.actual, type, properties }] : []);
  const scan = { ...field.pair.scan, estate };
  const ruling = originIdentity.rule(declared as never, actual as never, {
    ...field,
    pair: { ...field.pair, scan },
  });
  return ruling?.kind ?? 'silent';
}

describe('origin-access-identity', () => {
  it('knows the canonical user of an identity that was read', () => {
    expect(rule(user, identity('E1'))).toBe('same');
    expect(rule(identity('E1'), user)).toBe('same');
  });

  it('cannot tell for an identity that was not', () => {
    expect(rule(user, identity('E1'), false)).toBe('unverifiable');
    expect(rule({ CanonicalUser: ['other'] }, identity('E2'))).toBe('unverifiable');
  });

  it('leaves other principals, and another user, as they are', () => {
    expect(rule({ CanonicalUser: ['other'] }, identity('E1'))).toBe('silent');
    expect(rule(user, identity('E2'))).toBe('silent');
    expect(rule(user, { AWS: ['*'] })).toBe('silent');
    expect(rule(user, { AWS: [...identity('E1').AWS, '*'] })).toBe('silent');
    expect(rule(user, identity('E1'), true, 'Owner')).toBe('silent');
  });
});
