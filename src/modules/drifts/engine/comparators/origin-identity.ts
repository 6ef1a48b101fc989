import type { JsonObject, JsonValue } from '../../../../core/providers/index.js';
import type { Comparator } from '../comparator.js';
import type { Field } from '../field.js';
import { isObject, read } from '../values.js';

const IDENTITY = /^arn:aws[a-z-]*:iam::cloudfront:user\/CloudFront Origin Access Identity (\w+)$/;

/** How the identity is written where it is declared or read: its type, its id, its canonical user. */
const SOURCES: readonly (readonly [type: string, id: string, canonical: string])[] = [
  ['AWS::CloudFront::CloudFrontOriginAccessIdentity', 'Id', 'S3CanonicalUserId'],
  ['aws_cloudfront_origin_access_identity', 'id', 's3_canonical_user_id'],
];

/** The one principal of a kind, when the object holds nothing else. */
function only(value: JsonValue | undefined, kind: string): string | undefined {
  if (!isObject(value) || Object.keys(value).length !== 1) return undefined;
  const held = read(value, kind);
  const [first, ...rest] = Array.isArray(held) ? held : [held];
  return typeof first === 'string' && rest.length === 0 ? first : undefined;
}

/** Every identity the scan knows: its id and its canonical user. */
function identitiesOf({ pair }: Field): (readonly [id: JsonValue | undefined, user: JsonValue])[] {
  const { estate } = pair.scan;
  return SOURCES.flatMap(([type, idName, canonical]) => {
    const bodies: JsonObject[] = [
      ...estate.actualOfType(type).map(({ properties }) => properties),
      ...estate.declaredOfType(type).map(({ attributes }) => attributes),
    ];
    return bodies.flatMap((body) => {
      const user = read(body, canonical);
      return user === undefined ? [] : [[read(body, idName), user] as const];
    });
  });
}

/**
 * S3 answers the canonical user of a CloudFront origin access identity as the ARN of that identity (F24; CloudFront,
 * "Use an origin access identity"). Only the identity itself says which canonical user it is.
 */
export const originIdentity: Comparator = {
  name: 'origin-access-identity',
  rule(declared, actual, field) {
    if (field.key !== 'Principal') return undefined;
    const user = only(declared, 'CanonicalUser') ?? only(actual, 'CanonicalUser');
    const id = IDENTITY.exec(only(actual, 'AWS') ?? only(declared, 'AWS') ?? '')?.[1];
    if (user === undefined || id === undefined) return undefined;
    const about = identitiesOf(field).filter((one) => one.includes(id) || one.includes(user));
    if (about.length === 0) {
      return {
        kind: 'unverifiable',
        why: `The canonical user of the origin access identity ${id} was not read.`,
      };
    }
    if (!about.some(([ofId, ofUser]) => ofId === id && ofUser === user)) return undefined;
    return { kind: 'same', why: `${id} is the origin access identity of this canonical user.` };
  },
};
