import type { Knowledge } from '../knowledge.js';
import { googleKinds } from '../match/google-identity.js';
import { flatNames } from '../match/flat-names.js';

const CATALOGUES = ['aws/terraform-types', 'azure/terraform-types', 'gcp/terraform-types'];

type Names = ReadonlyMap<string, readonly string[]>;
const known = new WeakMap<Knowledge, Names>();

/** Terraform types by the provider's own type, in lower case. */
function terraformNames(knowledge: Knowledge): Names {
  const found = known.get(knowledge);
  if (found) return found;
  const names = new Map<string, string[]>();
  for (const catalogue of CATALOGUES) {
    for (const [type, natives] of Object.entries(knowledge.load(catalogue) ?? {})) {
      for (const native of Array.isArray(natives) ? natives : []) {
        if (typeof native !== 'string') continue;
        const key = native.toLowerCase();
        const all = names.get(key);
        if (all) all.push(type);
        else names.set(key, [type]);
      }
    }
  }
  const own = new Map([...names].map(([native, types]) => [native, inTheirOwnRight(types)]));
  known.set(knowledge, own);
  return own;
}

/** Without what is a part of another: `aws_s3_bucket_acl` beside `aws_s3_bucket`, `google_run_job_iam_member` anywhere. */
function inTheirOwnRight(types: readonly string[]): string[] {
  return types.filter(
    (type) =>
      !/_iam_(binding|member|policy)$/.test(type) &&
      !types.some((other) => type.startsWith(`${other}_`)),
  );
}

/**
 * What people call the provider's type: itself, and the Terraform types that stand for the whole of it. A rule written for
 * `aws_s3_bucket` means a bucket no code declares as well, which the provider knows as `AWS::S3::Bucket` only.
 */
export function namesOfType(native: string, knowledge: Knowledge): readonly string[] {
  return [native, ...(terraformNames(knowledge).get(native.toLowerCase()) ?? [])];
}

/** Whether a Terraform type no catalogue has is named after a Google asset type, as nearly all of them are. */
export function isNamedAfter(type: string, native: string): boolean {
  if (!type.startsWith('google_') || !native.includes('.googleapis.com/')) return false;
  const kinds = googleKinds(native);
  return flatNames(type).some((name) => kinds.includes(name));
}
