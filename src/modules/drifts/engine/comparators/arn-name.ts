import type { Comparator } from '../comparator.js';
import type { Field } from '../field.js';

const ARN = /^arn:aws[a-z-]*:([a-z0-9-]+):([a-z0-9-]*):(\d{12}|aws|cloudfront|):(.+)$/s;

interface Arn {
  readonly region: string;
  readonly account: string;
  readonly resource: string;
}

function parseArn(text: string): Arn | undefined {
  const match = ARN.exec(text);
  if (!match) return undefined;
  const [, , region = '', account = '', resource = ''] = match;
  return { region, account, resource };
}

/**
 * Whether `name` is the whole name part of the resource: after its type, at a `:` or `/`, a trailing `:*` aside. With a
 * leading slash it is the whole path, and only the type stands before it (IAM: `role/path/name` is `/path/name`).
 */
function names(resource: string, name: string): boolean {
  const plain = resource.replace(/:\*$/, '');
  const short = name.replace(/:\*$/, '');
  // A pattern names more than the one resource whose ARN ends in it.
  if (/[*?]/.test(short)) return false;
  if (plain === short) return true;
  if (short.startsWith('/') && plain.endsWith(short))
    return /^[a-z-]+:?$/.test(plain.slice(0, -short.length));
  if (!plain.endsWith(short)) return false;
  const before = plain[plain.length - short.length - 1];
  return before === ':' || before === '/';
}

/** A task definition named without its revision stands for the newest one (ECS API, `taskDefinition`: "family"). */
function namesFamily(resource: string, name: string): boolean {
  return (
    !name.includes(':') &&
    /^task-definition\/[^:]+:\d+$/.test(resource) &&
    names(resource.replace(/:\d+$/, ''), name)
  );
}

/** An account id stands for the root of that account (IAM, "AWS account principals"). */
function namesRoot(arn: Arn, name: string): boolean {
  return arn.resource === 'root' && arn.account === name;
}

function elsewhere(arn: Arn, field: Field): boolean {
  const { accountId, region } = field.pair.scan;
  if (accountId !== null && /^\d{12}$/.test(arn.account) && arn.account !== accountId) return true;
  return region !== null && arn.region !== '' && arn.region !== region;
}

/**
 * A name (or `type/name`, or id) on one side and the ARN of that very resource on the other (F21). The ARN's account and
 * region must be the scan's: the same name elsewhere is another resource. When the scan does not know its account,
 * nobody can tell.
 */
export const arnName: Comparator = {
  name: 'arn-name',
  rule(declared, actual, field) {
    if (typeof declared !== 'string' || typeof actual !== 'string') return undefined;
    const left = parseArn(declared);
    const right = parseArn(actual);
    if ((left === undefined) === (right === undefined)) return logGroupStar(declared, actual);
    const arn = left ?? right;
    const name = left ? actual : declared;
    if (!arn || name === '') return undefined;
    if (namesRoot(arn, name))
      return { kind: 'same', why: 'The account and the root of that account.' };
    if (!names(arn.resource, name) && !namesFamily(arn.resource, name)) return undefined;
    if (elsewhere(arn, field)) return undefined;
    if (field.pair.scan.accountId === null && /^\d{12}$/.test(arn.account)) {
      return {
        kind: 'unverifiable',
        why: 'A name on one side and an ARN on the other; the account of the scan is not known.',
      };
    }
    return {
      kind: 'same',
      why: 'The name and the ARN of the same resource in this account and region.',
    };
  },
};

/** CloudWatch Logs writes the ARN of a log group with and without `:*` (CloudWatch Logs, "LogGroup": arn and logGroupArn). */
function logGroupStar(declared: string, actual: string) {
  if (!/^arn:aws[a-z-]*:logs:/.test(declared)) return undefined;
  if (declared.replace(/:\*$/, '') !== actual.replace(/:\*$/, '')) return undefined;
  return {
    kind: 'same' as const,
    why: 'The same log group, its ARN written with and without ":*".',
  };
}
