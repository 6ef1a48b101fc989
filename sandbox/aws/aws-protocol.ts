import { randomUUID } from 'node:crypto';
import type { Json, JsonObject } from '../json.js';
import type { Reply, SandboxRequest } from '../server/cloud.js';

/** An error as the service words it; the protocol decides between JSON and XML. */
export class AwsServiceError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(message);
  }
}

export interface CredentialScope {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: string;
  readonly sessionToken: string | null;
}

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/\d{8}\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request,\s*SignedHeaders=[^,\s]+,\s*Signature=[0-9a-f]{64}$/;

/** The scope a request is signed for; null when it is not signed at all. The signature itself is not checked. */
export function credentialScope(request: SandboxRequest): CredentialScope | null {
  const { authorization } = request.headers;
  if (!authorization) return null;
  const match = AUTHORIZATION.exec(authorization);
  const [, accessKeyId = '', region = '', service = ''] = match ?? [];
  if (!match || !request.headers['x-amz-date']) {
    throw new AwsServiceError(
      'IncompleteSignatureException',
      'Authorization header requires Credential, SignedHeaders and Signature, and an X-Amz-Date header.',
      403,
    );
  }
  const token = request.headers['x-amz-security-token'];
  return { accessKeyId, region, service, sessionToken: typeof token === 'string' ? token : null };
}

/** AWS JSON 1.1: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html */
export function jsonReply(body: JsonObject, status = 200, version = '1.1'): Reply {
  return {
    status,
    headers: {
      'content-type': `application/x-amz-json-${version}`,
      'x-amzn-requestid': randomUUID(),
      date: new Date().toUTCString(),
    },
    body: JSON.stringify(body),
  };
}

/** Services of this family spell the text `Message` in errors of the front door and `message` in their own. */
const FRONT_DOOR = new Set(['AccessDeniedException']);

export function jsonError(error: AwsServiceError): Reply {
  const text: Json = error.message;
  const body: JsonObject = FRONT_DOOR.has(error.code)
    ? { __type: error.code, Message: text }
    : { __type: error.code, message: text };
  const reply = jsonReply(body, error.status);
  return {
    ...reply,
    headers: { ...reply.headers, 'x-amzn-errortype': error.code, ...error.headers },
  };
}

const STS_NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

/** AWS query protocol, with `result` as nested elements: https://smithy.io/2.0/aws/protocols/aws-query-protocol.html */
export function xmlReply(action: string, result: XmlElements): Reply {
  const requestId = randomUUID();
  const body = `<${action}Response xmlns="${STS_NAMESPACE}"><${action}Result>${xml(result)}</${action}Result><ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata></${action}Response>`;
  return { status: 200, headers: xmlHeaders(requestId), body };
}

export function xmlError(error: AwsServiceError): Reply {
  const requestId = randomUUID();
  const type = error.status >= 500 ? 'Receiver' : 'Sender';
  const details = xml({ Type: type, Code: error.code, Message: error.message });
  const body = `<ErrorResponse xmlns="${STS_NAMESPACE}"><Error>${details}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
  return { status: error.status, headers: { ...xmlHeaders(requestId), ...error.headers }, body };
}

export interface XmlElements {
  readonly [name: string]: string | XmlElements;
}

function xml(elements: XmlElements): string {
  return Object.entries(elements)
    .map(([name, value]) => {
      const inner = typeof value === 'string' ? escapeXml(value) : xml(value);
      return `<${name}>${inner}</${name}>`;
    })
    .join('');
}

function escapeXml(value: string): string {
  return value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function xmlHeaders(requestId: string): Record<string, string> {
  return {
    'content-type': 'text/xml',
    'x-amzn-requestid': requestId,
    date: new Date().toUTCString(),
  };
}

/** REST with JSON bodies: https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html */
export function restReply(body: JsonObject): Reply {
  const reply = jsonReply(body);
  return { ...reply, headers: { ...reply.headers, 'content-type': 'application/json' } };
}

export function restError(error: AwsServiceError): Reply {
  const reply = jsonReply({ message: error.message }, error.status);
  return {
    ...reply,
    headers: {
      ...reply.headers,
      'content-type': 'application/json',
      'x-amzn-errortype': error.code,
      ...error.headers,
    },
  };
}

const EC2_NAMESPACE = 'http://ec2.amazonaws.com/doc/2016-11-15/';

/** EC2's own dialect, a list of items: https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html */
export function ec2Reply(action: string, list: string, items: readonly XmlElements[]): Reply {
  const requestId = randomUUID();
  const inner = items.map((item) => `<item>${xml(item)}</item>`).join('');
  const body = `<${action}Response xmlns="${EC2_NAMESPACE}"><requestId>${requestId}</requestId><${list}>${inner}</${list}></${action}Response>`;
  return { status: 200, headers: xmlHeaders(requestId), body };
}

export function ec2Error(error: AwsServiceError): Reply {
  const requestId = randomUUID();
  const details = xml({ Code: error.code, Message: error.message });
  const body = `<Response><Errors><Error>${details}</Error></Errors><RequestID>${requestId}</RequestID></Response>`;
  return { status: error.status, headers: { ...xmlHeaders(requestId), ...error.headers }, body };
}
