import {
  DescribeConfigurationRecorderStatusCommand,
  DescribeConfigurationRecordersCommand,
  ListDiscoveredResourcesCommand,
  SelectResourceConfigCommand,
} from '@aws-sdk/client-config-service';
import type {
  ConfigurationRecorder,
  ConfigurationRecorderStatus,
  ResourceIdentifier,
  ResourceType,
} from '@aws-sdk/client-config-service';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { retry, withDeadline } from '../../core/http/client/index.js';
import type { AwsClients } from './aws.client-factory.js';
import { retryDecision } from './aws.errors.js';
import type { AwsInventoryOptions } from './aws.options.js';

/** Rows a page may have at most (API reference, SelectResourceConfig, Limit). */
const PAGE_SIZE = 100;

/** The read calls of a scan, each with its time limit and retries. All throw what the SDK throws; aws.errors.ts knows what it means. */
export class AwsApi {
  constructor(
    private readonly clients: AwsClients,
    private readonly options: AwsInventoryOptions,
    private readonly signal: AbortSignal,
  ) {}

  async callerIdentity(region: string): Promise<{ accountId: string; arn: string }> {
    const client = this.clients.sts(region);
    const answer = await this.call((abortSignal) =>
      client.send(new GetCallerIdentityCommand({}), { abortSignal }),
    );
    return { accountId: answer.Account ?? '', arn: answer.Arn ?? '' };
  }

  async recorders(region: string): Promise<readonly ConfigurationRecorder[]> {
    const client = this.clients.config(region);
    const answer = await this.call((abortSignal) =>
      client.send(new DescribeConfigurationRecordersCommand({}), { abortSignal }),
    );
    return answer.ConfigurationRecorders ?? [];
  }

  async recorderStatus(region: string): Promise<readonly ConfigurationRecorderStatus[]> {
    const client = this.clients.config(region);
    const answer = await this.call((abortSignal) =>
      client.send(new DescribeConfigurationRecorderStatusCommand({}), { abortSignal }),
    );
    return answer.ConfigurationRecordersStatus ?? [];
  }

  /** Pages of an advanced query's rows, each row a JSON text. */
  async *select(region: string, expression: string): AsyncGenerator<readonly string[]> {
    const client = this.clients.config(region);
    let token: string | undefined;
    do {
      const command = new SelectResourceConfigCommand({
        Expression: expression,
        Limit: PAGE_SIZE,
        ...(token ? { NextToken: token } : {}),
      });
      const page = await this.call((abortSignal) => client.send(command, { abortSignal }));
      token = page.NextToken;
      yield page.Results ?? [];
    } while (token);
  }

  /** What AWS Config ever recorded of a type, deleted resources included; the first page only. */
  async everRecorded(region: string, type: ResourceType): Promise<readonly ResourceIdentifier[]> {
    const client = this.clients.config(region);
    const command = new ListDiscoveredResourcesCommand({
      resourceType: type,
      includeDeletedResources: true,
      limit: PAGE_SIZE,
    });
    const answer = await this.call((abortSignal) => client.send(command, { abortSignal }));
    return answer.resourceIdentifiers ?? [];
  }

  private call<T>(send: (abortSignal: AbortSignal) => Promise<T>): Promise<T> {
    return retry(this.options.retry, this.signal, retryDecision, () =>
      withDeadline(this.options.callTimeoutMs, this.signal, send),
    );
  }
}
