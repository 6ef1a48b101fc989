import { scalarText, textAt, textsAt } from '../json.js';
import type { JsonObject } from '../json.js';
import { AwsServiceError } from './aws-protocol.js';
import type { AwsRegion } from './aws-estate.js';
import { batchGet, batchGetAggregate } from './config-batch.js';
import { makePageToken, readPageToken } from './page-token.js';
import { checkParameters, validation } from './parameters.js';
import { evaluate, selectedFields } from './query/evaluate.js';
import type { Rows } from './query/evaluate.js';
import { parseQuery } from './query/parser.js';
import { InvalidExpressionError } from './query/query.js';
import type { Query } from './query/query.js';

const MAX_EXPRESSION = 4096;
const MAX_PAGE = 100;
const DEFAULT_PAGE = 25;
const DEFAULT_AGGREGATE_PAGE = 500;
const DELETED = new Set(['ResourceDeleted', 'ResourceDeletedNotRecorded']);

/** What an aggregator holds. */
export interface Aggregated {
  readonly items: readonly JsonObject[];
  readonly sources: readonly JsonObject[];
}

export const CONFIG_TARGET = 'StarlingDoveService';

/** One region of AWS Config: https://docs.aws.amazon.com/config/latest/APIReference/ */
export class ConfigService {
  constructor(
    private readonly region: AwsRegion,
    private readonly aggregated: (name: string) => Aggregated | null = () => null,
  ) {}

  run(operation: string, body: JsonObject): JsonObject {
    switch (operation) {
      case 'SelectResourceConfig':
        return this.selectResourceConfig(body);
      case 'SelectAggregateResourceConfig':
        return this.selectAggregateResourceConfig(body);
      case 'BatchGetResourceConfig':
        return batchGet(body, this.region.items);
      case 'BatchGetAggregateResourceConfig':
        return batchGetAggregate(body, this.aggregator(body).items);
      case 'DescribeConfigurationAggregatorSourcesStatus':
        return this.sourcesStatus(body);
      case 'ListDiscoveredResources':
        return this.listDiscoveredResources(body);
      case 'DescribeConfigurationRecorders':
        return { ConfigurationRecorders: this.recorders(this.region.recorders, body) };
      case 'DescribeConfigurationRecorderStatus':
        return { ConfigurationRecordersStatus: this.recorders(this.region.recorderStatus, body) };
      default:
        throw new AwsServiceError('UnknownOperationException', `Unknown operation ${operation}`);
    }
  }

  private selectResourceConfig(body: JsonObject): JsonObject {
    checkParameters(body, { Expression: 'string', Limit: 'integer', NextToken: 'string' }, [
      'Expression',
    ]);
    return select(body, this.region.items);
  }

  private selectAggregateResourceConfig(body: JsonObject): JsonObject {
    checkParameters(
      body,
      {
        Expression: 'string',
        ConfigurationAggregatorName: 'string',
        Limit: 'integer',
        MaxResults: 'integer',
        NextToken: 'string',
      },
      ['Expression', 'ConfigurationAggregatorName'],
    );
    return select(body, this.aggregator(body).items);
  }

  private sourcesStatus(body: JsonObject): JsonObject {
    checkParameters(
      body,
      {
        ConfigurationAggregatorName: 'string',
        UpdateStatus: 'strings',
        NextToken: 'string',
        Limit: 'integer',
      },
      ['ConfigurationAggregatorName'],
    );
    const { sources } = this.aggregator(body);
    const limit = pageSize(body.Limit, invalidLimit) || MAX_PAGE;
    const all: Rows = { total: sources.length, slice: (start, end) => sources.slice(start, end) };
    const name = textAt(body, 'ConfigurationAggregatorName') ?? '';
    const page = cutPage(all, limit, `sources ${name}`, textAt(body, 'NextToken') ?? '');
    return {
      AggregatedSourceStatusList: [...page.rows],
      ...(page.next ? { NextToken: page.next } : {}),
    };
  }

  private aggregator(body: JsonObject): Aggregated {
    const found = this.aggregated(textAt(body, 'ConfigurationAggregatorName') ?? '');
    if (found) return found;
    throw new AwsServiceError(
      'NoSuchConfigurationAggregatorException',
      'The configuration aggregator does not exist.',
    );
  }

  private listDiscoveredResources(body: JsonObject): JsonObject {
    checkParameters(
      body,
      {
        resourceType: 'string',
        resourceIds: 'strings',
        resourceName: 'string',
        limit: 'integer',
        includeDeletedResources: 'boolean',
        nextToken: 'string',
      },
      ['resourceType'],
    );
    const type = textAt(body, 'resourceType') ?? '';
    if (!/^AWS::\w+::\w+$/.test(type)) {
      throw validation(
        `Value '${type}' at 'resourceType' failed to satisfy constraint: Member must satisfy enum value set`,
      );
    }
    const limit = pageSize(body.limit, invalidLimit);
    const ids = textsAt(body, 'resourceIds');
    const identifiers = this.region.items.filter(
      (item) =>
        item.resourceType === type &&
        (ids.length === 0 || ids.includes(scalarText(item.resourceId))) &&
        (body.resourceName === undefined || item.resourceName === body.resourceName) &&
        (body.includeDeletedResources === true || !isDeleted(item)),
    );
    const found: Rows = {
      total: identifiers.length,
      slice: (start, end) => identifiers.slice(start, end),
    };
    const page = cutPage(found, limit || MAX_PAGE, type, textAt(body, 'nextToken') ?? '');
    return {
      resourceIdentifiers: page.rows.map(identifier),
      ...(page.next ? { nextToken: page.next } : {}),
    };
  }

  private recorders(all: readonly JsonObject[], body: JsonObject): JsonObject[] {
    checkParameters(body, {
      ConfigurationRecorderNames: 'strings',
      ServicePrincipal: 'string',
      Arn: 'string',
    });
    const names = textsAt(body, 'ConfigurationRecorderNames');
    const unknown = names.find((name) => !all.some((recorder) => recorder.name === name));
    if (unknown) {
      throw new AwsServiceError(
        'NoSuchConfigurationRecorderException',
        `Cannot find configuration recorder with the specified name '${unknown}'.`,
      );
    }
    return all.filter(
      (recorder) => names.length === 0 || names.includes(scalarText(recorder.name)),
    );
  }
}

/** One page of an advanced query over items. */
function select(body: JsonObject, items: readonly JsonObject[]): JsonObject {
  const expression = textAt(body, 'Expression') ?? '';
  if (expression === '' || expression.length > MAX_EXPRESSION) {
    throw validation(
      `Value at 'expression' failed to satisfy constraint: Member must have length between 1 and ${MAX_EXPRESSION}`,
    );
  }
  const limit = pageSize(body.Limit, invalidLimit);
  const query = parse(expression);
  const aggregates = query.select.some((item) => item.kind === 'aggregate');
  const rows = evaluate(query, current(items));
  const page = cutPage(
    rows,
    limit || (aggregates ? DEFAULT_AGGREGATE_PAGE : DEFAULT_PAGE),
    expression,
    textAt(body, 'NextToken') ?? '',
  );
  return {
    Results: page.rows.map((row) => JSON.stringify(row)),
    QueryInfo: { SelectFields: selectedFields(query).map((Name) => ({ Name })) },
    ...(page.next ? { NextToken: page.next } : {}),
  };
}

/** Current items as queries see them: `queryOmits` names what only a batch answers. */
function current(items: readonly JsonObject[]): JsonObject[] {
  return items
    .filter((item) => !isDeleted(item))
    .map((item) => {
      const omitted = textsAt(item, 'queryOmits');
      if (omitted.length === 0) return item;
      const left = Object.entries(item).filter(
        ([name]) => name !== 'queryOmits' && !omitted.includes(name),
      );
      return Object.fromEntries(left);
    });
}

function invalidLimit(number: number): AwsServiceError {
  return new AwsServiceError(
    'InvalidLimitException',
    `The limit ${number} is not between 0 and ${MAX_PAGE}.`,
  );
}

function parse(expression: string): Query {
  try {
    return parseQuery(expression);
  } catch (error) {
    if (error instanceof InvalidExpressionError) {
      throw new AwsServiceError('InvalidExpressionException', error.message);
    }
    throw error;
  }
}

function pageSize(value: unknown, refuse: (value: number) => AwsServiceError): number {
  const limit = typeof value === 'number' ? value : 0;
  if (limit < 0 || limit > MAX_PAGE) throw refuse(limit);
  return limit;
}

function cutPage(
  rows: Rows,
  size: number,
  request: string,
  token: string,
): { rows: readonly JsonObject[]; next: string | null } {
  const start = readPageToken(request, token);
  const end = start + size;
  const next = end < rows.total ? makePageToken(request, end) : null;
  return { rows: rows.slice(start, end), next };
}

function identifier(item: JsonObject): JsonObject {
  const { resourceType = null, resourceId = null, resourceName } = item;
  const captured = Date.parse(scalarText(item.configurationItemCaptureTime)) / 1000;
  return {
    resourceType,
    resourceId,
    ...(resourceName ? { resourceName } : {}),
    ...(isDeleted(item) ? { resourceDeletionTime: captured } : {}),
  };
}

export function isDeleted(item: JsonObject): boolean {
  return DELETED.has(scalarText(item.configurationItemStatus));
}
