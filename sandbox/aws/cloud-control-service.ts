import { textAt } from '../json.js';
import type { JsonObject } from '../json.js';
import type { AwsModel, AwsRegion } from './aws-estate.js';
import { AwsServiceError } from './aws-protocol.js';
import { makePageToken, readPageToken } from './page-token.js';
import { checkParameters } from './parameters.js';

export const CLOUD_CONTROL_TARGET = 'CloudApiService';
const MAX_PAGE = 100;

/** One region of Cloud Control, reading only: https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/ */
export class CloudControlService {
  constructor(private readonly region: AwsRegion) {}

  run(operation: string, body: JsonObject): JsonObject {
    switch (operation) {
      case 'ListResources':
        return this.list(body);
      case 'GetResource':
        return this.get(body);
      default:
        throw new AwsServiceError('UnknownOperationException', `Unknown operation ${operation}`);
    }
  }

  private list(body: JsonObject): JsonObject {
    checkParameters(
      body,
      {
        TypeName: 'string',
        TypeVersionId: 'string',
        RoleArn: 'string',
        NextToken: 'string',
        MaxResults: 'integer',
        ResourceModel: 'string',
      },
      ['TypeName'],
    );
    const type = textAt(body, 'TypeName') ?? '';
    const models = this.models(type, 'LIST');
    const size =
      typeof body.MaxResults === 'number' ? Math.min(body.MaxResults, MAX_PAGE) : MAX_PAGE;
    const start = readPageToken(type, textAt(body, 'NextToken') ?? '');
    const end = start + size;
    return {
      TypeName: type,
      // Many handlers list no more than the identifier; a client that takes it for the whole model is wrong.
      ResourceDescriptions: models.slice(start, end).map(({ Identifier }) => ({
        Identifier,
        Properties: JSON.stringify({ Identifier }),
      })),
      ...(end < models.length ? { NextToken: makePageToken(type, end) } : {}),
    };
  }

  private get(body: JsonObject): JsonObject {
    checkParameters(
      body,
      { TypeName: 'string', TypeVersionId: 'string', RoleArn: 'string', Identifier: 'string' },
      ['TypeName', 'Identifier'],
    );
    const type = textAt(body, 'TypeName') ?? '';
    const id = textAt(body, 'Identifier') ?? '';
    const model = this.models(type, 'READ').find(({ Identifier }) => Identifier === id);
    if (!model) {
      throw new AwsServiceError(
        'ResourceNotFoundException',
        `Resource of type '${type}' with identifier '${id}' was not found.`,
      );
    }
    const { Identifier, Properties } = model;
    return {
      TypeName: type,
      ResourceDescription: { Identifier, Properties: JSON.stringify(Properties) },
    };
  }

  private models(type: string, action: 'LIST' | 'READ'): readonly AwsModel[] {
    const models = this.region.models[type];
    if (models) return models;
    throw new AwsServiceError(
      'UnsupportedActionException',
      `Resource type ${type} does not support ${action} action`,
    );
  }
}
