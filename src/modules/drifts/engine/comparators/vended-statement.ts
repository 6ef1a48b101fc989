import type { JsonValue } from '../../../../core/providers/index.js';
import { isObject, read } from '../values.js';

interface Vended {
  readonly service: string;
  readonly actions: readonly string[];
}

/**
 * Statements AWS writes into resource policies itself when a delivery is set up, with the only grants they may hold.
 * Source: "Logs sent to Amazon S3 / CloudWatch Logs: resource permissions", Amazon CloudWatch Logs User Guide
 * (AWS-logs-and-resource-policy).
 */
const VENDED: ReadonlyMap<string, Vended> = new Map(
  Object.entries({
    AWSLogDeliveryWrite: {
      service: 'delivery.logs.amazonaws.com',
      actions: ['s3:PutObject', 'logs:CreateLogStream', 'logs:PutLogEvents'],
    },
    AWSLogDeliveryAclCheck: {
      service: 'delivery.logs.amazonaws.com',
      actions: ['s3:GetBucketAcl', 's3:ListBucket'],
    },
    AWSLogDeliveryCheck: {
      service: 'delivery.logs.amazonaws.com',
      actions: ['s3:GetBucketAcl', 's3:ListBucket'],
    },
  }),
);

function only(value: JsonValue | undefined, allowed: readonly string[]): boolean {
  const values = Array.isArray(value) ? value : [value];
  return (
    values.length > 0 && values.every((one) => typeof one === 'string' && allowed.includes(one))
  );
}

export const bucketOf = (resource: JsonValue): string | undefined =>
  typeof resource === 'string' ? /^arn:aws[a-z-]*:s3:::([^/*]+)/.exec(resource)?.[1] : undefined;

export function resourcesOf(statement: JsonValue): JsonValue[] {
  const value = isObject(statement) ? read(statement, 'Resource') : undefined;
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/**
 * True for a statement AWS added by itself: its known Sid, its service and nobody else, its safe actions and no other,
 * and only resources that are `own`. A broader grant under the same Sid is not it (F56).
 */
export function isVendedStatement(
  statement: JsonValue,
  own: (resource: JsonValue) => boolean,
): boolean {
  if (!isObject(statement)) return false;
  const sid = read(statement, 'Sid');
  const vended = typeof sid === 'string' ? VENDED.get(sid.replace(/\d+$/, '')) : undefined;
  const principal = read(statement, 'Principal');
  if (!vended || read(statement, 'Effect') !== 'Allow' || !isObject(principal)) return false;
  if (Object.keys(principal).length !== 1) return false;
  if (!only(read(principal, 'Service'), [vended.service])) return false;
  if (!only(read(statement, 'Action'), vended.actions)) return false;
  return resourcesOf(statement).every(own);
}
