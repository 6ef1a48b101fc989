import type { DeclaredResource, JsonValue } from '../../../../core/providers/index.js';
import type { Comparator } from '../comparator.js';
import type { Field } from '../field.js';
import { read } from '../values.js';

/** A list of who is attached, and the resources that declare the same attachment from the other end. */
interface Attachment {
  readonly type: string;
  readonly list: string;
  /** Type of the other end, what names it there, and its own list (or single reference) back. */
  readonly ends: readonly (readonly [type: string, names: string, back: string])[];
}

/** IAM keeps one set of attachments; a policy and a role may both declare it (AWS::IAM::ManagedPolicy, AWS::IAM::Role). */
const ATTACHMENTS: readonly Attachment[] = [
  ...['Role', 'User', 'Group'].map((kind) => ({
    type: 'AWS::IAM::ManagedPolicy',
    list: `${kind}s`,
    ends: [[`AWS::IAM::${kind}`, `${kind}Name`, 'ManagedPolicyArns']] as const,
  })),
  ...['Role', 'User', 'Group'].map((kind) => ({
    type: `AWS::IAM::${kind}`,
    list: 'ManagedPolicyArns',
    ends: [['AWS::IAM::ManagedPolicy', 'PolicyArn', `${kind}s`]] as const,
  })),
  {
    type: 'aws_iam_role',
    list: 'managed_policy_arns',
    ends: [['aws_iam_role_policy_attachment', 'policy_arn', 'role']],
  },
];

function textsOf(value: JsonValue | undefined): readonly string[] {
  const all = Array.isArray(value) ? value : [value];
  return all.filter((one) => typeof one === 'string');
}

function identities({ declared, actual }: Field['pair']): ReadonlySet<string> {
  const all = [declared.id, declared.name, actual.id, actual.name, ...actual.aliases];
  const arns = [read(actual.properties, 'Arn'), read(actual.properties, 'PolicyArn')];
  return new Set(
    [...all, ...arns].filter((one): one is string => typeof one === 'string' && one !== ''),
  );
}

function isNamed(resource: DeclaredResource, names: string, member: string): boolean {
  const known = [resource.id, resource.name, read(resource.attributes, names)];
  return known.includes(member);
}

/** A member of a list of attachments that a resource beside this one declares from its own end (F59). */
export const attachedElsewhere: Comparator = {
  name: 'attached-elsewhere',
  rule(declared, actual, field) {
    if (declared !== undefined && declared !== null) return undefined;
    const { declared: resource, scan } = field.pair;
    const attachment = ATTACHMENTS.find(
      ({ type, list }) => type === resource.type && list === field.key,
    );
    const members = textsOf(actual);
    if (!attachment || members.length === 0) return undefined;
    const own = identities(field.pair);
    const isDeclared = (member: string): boolean =>
      attachment.ends.some(([type, names, back]) =>
        scan.estate
          .declaredOfType(type)
          .some(
            (end) =>
              isNamed(end, names, member) &&
              textsOf(read(end.attributes, back)).some((one) => own.has(one)),
          ),
      );
    if (!members.every(isDeclared)) return undefined;
    return { kind: 'expected', why: 'The resource at the other end declares this attachment.' };
  },
};
