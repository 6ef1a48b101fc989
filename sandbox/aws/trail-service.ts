import { isObject, objectAt, objectsAt, scalarText, textAt } from '../json.js';
import type { JsonObject } from '../json.js';
import { timeOf } from './aws-estate.js';
import type { AwsRegion } from './aws-estate.js';
import { AwsServiceError } from './aws-protocol.js';
import { makePageToken, readPageToken } from './page-token.js';
import { checkParameters } from './parameters.js';

export const TRAIL_TARGET = 'com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101';
const MAX_PAGE = 50;

/** The attributes an event can be looked up by, each as the answer shows it. */
const ATTRIBUTES: Readonly<Record<string, (event: JsonObject) => readonly string[]>> = {
  EventId: (event) => [scalarText(event.eventID)],
  EventName: (event) => [scalarText(event.eventName)],
  ReadOnly: (event) => [scalarText(event.readOnly)],
  Username: (event) => [userName(event)],
  ResourceType: (event) => objectsAt(event, 'resources').map((one) => typeOf(one)),
  ResourceName: (event) => objectsAt(event, 'resources').map((one) => nameOf(one)),
  EventSource: (event) => [scalarText(event.eventSource)],
  AccessKeyId: (event) => [textAt(objectAt(event, 'userIdentity'), 'accessKeyId') ?? ''],
};

/** Event history of one region: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html */
export class TrailService {
  constructor(private readonly region: AwsRegion) {}

  run(operation: string, body: JsonObject): JsonObject {
    if (operation !== 'LookupEvents') {
      throw new AwsServiceError('UnknownOperationException', `Unknown operation ${operation}`);
    }
    checkParameters(body, {
      LookupAttributes: 'objects',
      StartTime: 'number',
      EndTime: 'number',
      EventCategory: 'string',
      MaxResults: 'integer',
      NextToken: 'string',
    });
    const size = typeof body.MaxResults === 'number' ? body.MaxResults : MAX_PAGE;
    if (size < 1 || size > MAX_PAGE) {
      throw new AwsServiceError(
        'InvalidMaxResultsException',
        `A max results value of ${size} is invalid. Specify max results between 1 and ${MAX_PAGE}.`,
      );
    }
    const { NextToken: token, ...request } = body;
    const key = JSON.stringify(request);
    const found = this.region.events.filter((event) => fits(event, body));
    const start = readPageToken(key, scalarText(token));
    const end = start + size;
    return {
      Events: found.slice(start, end).map(shown),
      ...(end < found.length ? { NextToken: makePageToken(key, end) } : {}),
    };
  }
}

function fits(event: JsonObject, body: JsonObject): boolean {
  const at = timeOf(event) / 1000;
  if (typeof body.StartTime === 'number' && at < body.StartTime) return false;
  if (typeof body.EndTime === 'number' && at > body.EndTime) return false;
  const attributes = objectsAt(body, 'LookupAttributes');
  if (attributes.length > 1) {
    throw new AwsServiceError(
      'InvalidLookupAttributesException',
      'Only one lookup attribute can be specified.',
    );
  }
  return attributes.every((attribute) => {
    const read = ATTRIBUTES[textAt(attribute, 'AttributeKey') ?? ''];
    if (!read) throw new AwsServiceError('InvalidLookupAttributesException', 'Unknown attribute.');
    return read(event).includes(textAt(attribute, 'AttributeValue') ?? '');
  });
}

function shown(event: JsonObject): JsonObject {
  const accessKeyId = textAt(objectAt(event, 'userIdentity'), 'accessKeyId');
  return {
    EventId: scalarText(event.eventID),
    EventName: scalarText(event.eventName),
    ReadOnly: scalarText(event.readOnly) || 'false',
    ...(accessKeyId ? { AccessKeyId: accessKeyId } : {}),
    EventTime: timeOf(event) / 1000,
    EventSource: scalarText(event.eventSource),
    Username: userName(event),
    Resources: objectsAt(event, 'resources').map((one) => ({
      ResourceType: typeOf(one),
      ResourceName: nameOf(one),
    })),
    CloudTrailEvent: JSON.stringify(event),
  };
}

/** User name, or the session name of an assumed role. */
function userName(event: JsonObject): string {
  const identity = objectAt(event, 'userIdentity');
  const session = textAt(identity, 'arn')?.split('/').at(-1);
  return textAt(identity, 'userName') ?? session ?? textAt(identity, 'invokedBy') ?? '';
}

function typeOf(resource: JsonObject): string {
  return textAt(resource, 'type') ?? textAt(resource, 'ResourceType') ?? '';
}

function nameOf(resource: JsonObject): string {
  const named = textAt(resource, 'ResourceName') ?? textAt(resource, 'ARN');
  return named ?? (isObject(resource.name) ? '' : scalarText(resource.name));
}
