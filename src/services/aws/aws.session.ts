import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { retry, withDeadline } from '../../core/http/client/index.js';
import type { RateLimiter } from '../../core/providers/index.js';
import type { AccountClients } from './aws.client-factory.js';
import { readFailure, retryDecision } from './aws.errors.js';
import type { ReadFailure } from './aws.errors.js';
import type { AwsInventoryOptions } from './aws.options.js';

/** What all calls of one scan share. */
export interface ScanCalls {
  readonly options: AwsInventoryOptions;
  readonly limits: RateLimiter;
  readonly signal: AbortSignal;
}

/** One identity in one account: its clients, and how they are called (pace, time limit, retries). */
export class AwsSession {
  constructor(
    readonly clients: AccountClients,
    readonly accountId: string,
    /** ARN of who calls: for messages. */
    readonly principal: string,
    private readonly scan: ScanCalls,
  ) {}

  /** `operation` as IAM names it (`config:SelectResourceConfig`). Throws what the SDK throws. */
  call<T>(
    operation: string,
    region: string,
    send: (abortSignal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    return paced(this.scan, { account: `${this.accountId}/${region}`, operation }, send);
  }

  /** What a failed call means, in words that name who lacks what and where. Throws when the scan was stopped. */
  failure(error: unknown, operation: string, region: string): ReadFailure {
    this.scan.signal.throwIfAborted();
    const { accountId, principal } = this;
    return readFailure(error, operation, { accountId, region, principal });
  }
}

export interface Identity {
  readonly accountId: string;
  readonly arn: string;
}

/** Who the clients act as: the first call of each account, which also assumes its role. Throws what the SDK throws. */
export async function callerIdentity(
  clients: AccountClients,
  region: string,
  account: string,
  scan: ScanCalls,
): Promise<Identity> {
  const operation = 'sts:GetCallerIdentity';
  const answer = await paced(scan, { account: `${account}/${region}`, operation }, (abortSignal) =>
    clients.sts(region).send(new GetCallerIdentityCommand({}), { abortSignal }),
  );
  return { accountId: answer.Account ?? '', arn: answer.Arn ?? '' };
}

function paced<T>(
  { options, limits, signal }: ScanCalls,
  quota: { readonly account: string; readonly operation: string },
  send: (abortSignal: AbortSignal) => Promise<T>,
): Promise<T> {
  const key = { provider: 'aws', ...quota } as const;
  const decide = (error: unknown): ReturnType<typeof retryDecision> => {
    const decision = retryDecision(error);
    if (decision !== 'give-up' && decision.afterMs) limits.pause(key, decision.afterMs);
    return decision;
  };
  return retry(options.retry, signal, decide, async () => {
    await limits.take(key, signal);
    return withDeadline(options.callTimeoutMs, signal, send);
  });
}
