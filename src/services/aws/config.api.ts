import {
  BatchGetAggregateResourceConfigCommand,
  BatchGetResourceConfigCommand,
  DescribeConfigurationAggregatorSourcesStatusCommand,
  DescribeConfigurationRecorderStatusCommand,
  DescribeConfigurationRecordersCommand,
  ListDiscoveredResourcesCommand,
  SelectAggregateResourceConfigCommand,
  SelectResourceConfigCommand,
} from '@aws-sdk/client-config-service';
import type {
  AggregateResourceIdentifier,
  AggregatedSourceStatus,
  BaseConfigurationItem,
  ConfigurationRecorder,
  ConfigurationRecorderStatus,
  ResourceIdentifier,
  ResourceKey,
  ResourceType,
} from '@aws-sdk/client-config-service';
import type { AwsSession } from './aws.session.js';

/** Rows a page may have at most (API reference, SelectResourceConfig, Limit); keys of a batch as well. */
export const PAGE_SIZE = 100;

/** AWS Config of one account. All calls throw what the SDK throws; aws.errors.ts knows what it means. */
export class ConfigApi {
  constructor(readonly session: AwsSession) {}

  async recorders(region: string): Promise<readonly ConfigurationRecorder[]> {
    const client = this.session.clients.config(region);
    const answer = await this.session.call(
      'config:DescribeConfigurationRecorders',
      region,
      (abortSignal) => client.send(new DescribeConfigurationRecordersCommand({}), { abortSignal }),
    );
    return answer.ConfigurationRecorders ?? [];
  }

  async recorderStatus(region: string): Promise<readonly ConfigurationRecorderStatus[]> {
    const client = this.session.clients.config(region);
    const answer = await this.session.call(
      'config:DescribeConfigurationRecorderStatus',
      region,
      (abortSignal) =>
        client.send(new DescribeConfigurationRecorderStatusCommand({}), { abortSignal }),
    );
    return answer.ConfigurationRecordersStatus ?? [];
  }

  /** Pages of an advanced query's rows, each row a JSON text. */
  async *select(region: string, expression: string): AsyncGenerator<readonly string[]> {
    const client = this.session.clients.config(region);
    let token: string | undefined;
    do {
      const command = new SelectResourceConfigCommand({
        Expression: expression,
        Limit: PAGE_SIZE,
        ...(token ? { NextToken: token } : {}),
      });
      const page = await this.session.call('config:SelectResourceConfig', region, (abortSignal) =>
        client.send(command, { abortSignal }),
      );
      token = page.NextToken;
      yield page.Results ?? [];
    } while (token);
  }

  /** The same over everything an aggregator collects. */
  async *selectAggregate(
    region: string,
    aggregator: string,
    expression: string,
  ): AsyncGenerator<readonly string[]> {
    const client = this.session.clients.config(region);
    let token: string | undefined;
    do {
      const command = new SelectAggregateResourceConfigCommand({
        ConfigurationAggregatorName: aggregator,
        Expression: expression,
        Limit: PAGE_SIZE,
        ...(token ? { NextToken: token } : {}),
      });
      const page = await this.session.call(
        'config:SelectAggregateResourceConfig',
        region,
        (abortSignal) => client.send(command, { abortSignal }),
      );
      token = page.NextToken;
      yield page.Results ?? [];
    } while (token);
  }

  /** How fresh each account and region of an aggregator is. */
  async sourcesStatus(
    region: string,
    aggregator: string,
  ): Promise<readonly AggregatedSourceStatus[]> {
    const client = this.session.clients.config(region);
    const all: AggregatedSourceStatus[] = [];
    let token: string | undefined;
    do {
      const command = new DescribeConfigurationAggregatorSourcesStatusCommand({
        ConfigurationAggregatorName: aggregator,
        Limit: PAGE_SIZE,
        ...(token ? { NextToken: token } : {}),
      });
      const page = await this.session.call(
        'config:DescribeConfigurationAggregatorSourcesStatus',
        region,
        (abortSignal) => client.send(command, { abortSignal }),
      );
      token = page.NextToken;
      all.push(...(page.AggregatedSourceStatusList ?? []));
    } while (token);
    return all;
  }

  /** Current items in full, as far as the service could read them; at most `PAGE_SIZE` keys. */
  async batch(region: string, keys: ResourceKey[]): Promise<readonly BaseConfigurationItem[]> {
    const client = this.session.clients.config(region);
    const found: BaseConfigurationItem[] = [];
    for (let open = keys, tries = 0; open.length > 0 && tries < BATCH_TRIES; tries++) {
      const command = new BatchGetResourceConfigCommand({ resourceKeys: open });
      const answer = await this.session.call(
        'config:BatchGetResourceConfig',
        region,
        (abortSignal) => client.send(command, { abortSignal }),
      );
      found.push(...(answer.baseConfigurationItems ?? []));
      open = answer.unprocessedResourceKeys ?? [];
    }
    return found;
  }

  async aggregateBatch(
    region: string,
    aggregator: string,
    identifiers: AggregateResourceIdentifier[],
  ): Promise<readonly BaseConfigurationItem[]> {
    const client = this.session.clients.config(region);
    const found: BaseConfigurationItem[] = [];
    for (let open = identifiers, tries = 0; open.length > 0 && tries < BATCH_TRIES; tries++) {
      const command = new BatchGetAggregateResourceConfigCommand({
        ConfigurationAggregatorName: aggregator,
        ResourceIdentifiers: open,
      });
      const answer = await this.session.call(
        'config:BatchGetAggregateResourceConfig',
        region,
        (abortSignal) => client.send(command, { abortSignal }),
      );
      found.push(...(answer.BaseConfigurationItems ?? []));
      open = answer.UnprocessedResourceIdentifiers ?? [];
    }
    return found;
  }

  /** What AWS Config ever recorded of a type, deleted resources included; the first page only. */
  async everRecorded(region: string, type: ResourceType): Promise<readonly ResourceIdentifier[]> {
    const client = this.session.clients.config(region);
    const command = new ListDiscoveredResourcesCommand({
      resourceType: type,
      includeDeletedResources: true,
      limit: PAGE_SIZE,
    });
    const answer = await this.session.call(
      'config:ListDiscoveredResources',
      region,
      (abortSignal) => client.send(command, { abortSignal }),
    );
    return answer.resourceIdentifiers ?? [];
  }
}

/** What stays unprocessed after so many rounds is left to the caller. */
const BATCH_TRIES = 5;
