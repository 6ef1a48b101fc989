import type { ChangeClient } from '../../../core/providers/index.js';
import { field, textOf } from './trail-fields.js';
import type { TrailFields } from './trail-fields.js';

/** Tools that apply code, by the user agent they send. */
const IAC = /terraform|opentofu|hashicorp|pulumi|crossplane|\bcdk\b|aws-cdk|ansible|\bsst\//i;
const CLI = /aws-cli|cloudshell|aws-shell|powershell|awscli/i;
const CONSOLE = /console\.(amazonaws|aws\.amazon)\.com|signin\.amazonaws\.com|S3Console|Mozilla\//i;
const SDK = /aws-sdk|boto|botocore|smithy|okhttp|python-requests|curl/i;
/** Programs that run in a cluster or an instance and follow a wish kept elsewhere. */
const CONTROLLER = /karpenter|cluster-autoscaler|elbv2\.k8s\.aws|kubernetes|ack-/i;
const CLOUDFORMATION = 'cloudformation.amazonaws.com';
const SERVICE = /^[a-z0-9.-]+\.amazonaws\.com$/;

/**
 * Principal of a CloudTrail record as AWS writes it: an ARN where there is one (also of an assumed role, whose last part is the
 * session: the person, with IAM Identity Center). https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-user-identity.html
 */
export function actorOf(record: TrailFields): string | null {
  const identity = field(record, 'userIdentity');
  const behalf = textOf(field(identity, 'onBehalfOf').userId);
  return (
    textOf(identity.arn) ??
    textOf(identity.userName) ??
    behalf ??
    textOf(identity.invokedBy) ??
    textOf(identity.principalId) ??
    textOf(identity.accountId)
  );
}

/** Through what it was done. A service that acts for somebody (`invokedBy`) counts as the service. */
export function clientOf(record: TrailFields): ChangeClient {
  const identity = field(record, 'userIdentity');
  const agent = textOf(record.userAgent) ?? '';
  const through = [textOf(identity.invokedBy), textOf(record.sourceIPAddress), agent];
  if (through.includes(CLOUDFORMATION)) return 'iac';
  const arn = textOf(identity.arn) ?? '';
  const linked = arn.includes(':assumed-role/AWSServiceRoleFor');
  if (linked || identity.type === 'AWSService' || CONTROLLER.test(agent)) return 'controller';
  // The console itself is such a source as well: `signin.amazonaws.com`, and its agent says so.
  if (record.sessionCredentialFromConsole === 'true' || CONSOLE.test(agent)) return 'console';
  if (through.some((one) => one !== null && SERVICE.test(one))) return 'controller';
  if (IAC.test(agent)) return 'iac';
  if (CLI.test(agent)) return 'cli';
  return SDK.test(agent) ? 'api' : 'unknown';
}
