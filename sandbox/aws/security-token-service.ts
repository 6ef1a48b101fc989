import { randomBytes } from 'node:crypto';
import { AwsServiceError, xmlReply } from './aws-protocol.js';
import type { AwsAccount } from './aws-estate.js';
import type { Reply } from '../server/cloud.js';

export interface Caller {
  readonly account: AwsAccount;
  readonly arn: string;
  readonly userId: string;
}

interface Session extends Caller {
  readonly sessionToken: string;
}

const STS_VERSION = '2011-06-15';

/** Who is calling, by access key, and the two STS operations: https://docs.aws.amazon.com/STS/latest/APIReference/ */
export class SecurityTokenService {
  private readonly sessions = new Map<string, Session>();

  constructor(private readonly accounts: () => readonly AwsAccount[]) {}

  /** Null when no account knows the key (see accessKeyIds in sandbox/README.md). */
  caller(accessKeyId: string, sessionToken: string | null): Caller | null {
    const session = this.sessions.get(accessKeyId);
    if (session) return session.sessionToken === sessionToken ? session : null;
    const accounts = this.accounts();
    const account =
      accounts.find((candidate) => candidate.accessKeyIds.includes(accessKeyId)) ??
      accounts.find((candidate) => accessKeyId.endsWith(candidate.accountId)) ??
      accounts.find((candidate) => candidate.accessKeyIds.length === 0);
    return account ? { account, arn: account.arn, userId: account.userId } : null;
  }

  run(form: URLSearchParams, caller: Caller): Reply {
    const action = form.get('Action') ?? '';
    if (form.get('Version') !== STS_VERSION) {
      throw new AwsServiceError(
        'InvalidAction',
        `Could not find operation ${action} for version ${form.get('Version') ?? 'NO_VERSION_SPECIFIED'}`,
      );
    }
    switch (action) {
      case 'GetCallerIdentity':
        return xmlReply(action, {
          Arn: caller.arn,
          UserId: caller.userId,
          Account: caller.account.accountId,
        });
      case 'AssumeRole':
        return this.assumeRole(form, caller);
      default:
        throw new AwsServiceError(
          'InvalidAction',
          `Could not find operation ${action} for version ${STS_VERSION}`,
        );
    }
  }

  private assumeRole(form: URLSearchParams, caller: Caller): Reply {
    const roleArn = form.get('RoleArn') ?? '';
    const sessionName = form.get('RoleSessionName') ?? '';
    const [, accountId, role = ''] = /^arn:aws:iam::(\d{12}):role\/(.+)$/.exec(roleArn) ?? [];
    const account = this.accounts().find((candidate) => candidate.accountId === accountId);
    if (!account || !sessionName || !trusts(account, role, caller, form.get('ExternalId'))) {
      throw new AwsServiceError(
        'AccessDenied',
        `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}`,
        403,
      );
    }
    const accessKeyId = `ASIA${randomBytes(8).toString('hex').toUpperCase()}`;
    const sessionToken = randomBytes(48).toString('base64');
    const userId = `AROASANDBOX:${sessionName}`;
    const roleName = role.split('/').at(-1) ?? role;
    const arn = `arn:aws:sts::${account.accountId}:assumed-role/${roleName}/${sessionName}`;
    this.sessions.set(accessKeyId, { account, arn, userId, sessionToken });
    return xmlReply('AssumeRole', {
      Credentials: {
        AccessKeyId: accessKeyId,
        SecretAccessKey: randomBytes(30).toString('base64'),
        SessionToken: sessionToken,
        Expiration: new Date(Date.now() + 3_600_000).toISOString(),
      },
      AssumedRoleUser: { AssumedRoleId: userId, Arn: arn },
    });
  }
}

/** As a trust policy decides: an account without `roles` trusts everybody. */
function trusts(
  { roles = null }: AwsAccount,
  name: string,
  caller: Caller,
  externalId: string | null,
): boolean {
  if (roles === null) return true;
  const role = roles.find((one) => one.name === name);
  if (!role) return false;
  const known = role.trusts.length === 0 || role.trusts.includes(caller.account.accountId);
  return known && (role.externalId === null || role.externalId === externalId);
}
