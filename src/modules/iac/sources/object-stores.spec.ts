import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readAll, serve } from './testing.js';

const OBJECTS = new Map([
  ['states/prod.tfstate', '{"version":4,"serial":1}'],
  ['states/dev.tfstate', '{"version":4,"serial":2}'],
  ['states/readme.md', 'no state'],
]);

let host: string;
let close: () => Promise<void>;
let denied = false;
const asked: string[] = [];

beforeAll(async () => {
  const server = await serve((request, response) => {
    const url = new URL(request.url ?? '', 'http://store');
    asked.push(`${request.method ?? ''} ${url.pathname}${url.search}`);
    if (denied) {
      const body = '<Error><Code>AccessDenied</Code><Message>canary-9</Message></Error>';
      response.writeHead(403, { 'content-type': 'application/xml' }).end(body);
      return;
    }
    if (url.pathname.startsWith('/storage/v1/')) {
      answerGcs(url, response);
      return;
    }
    const key = decodeURIComponent(url.pathname.replace(/^\/acme-states\/?/, ''));
    const content = OBJECTS.get(key);
    if (url.searchParams.get('list-type') === '2') {
      const entries = [...OBJECTS.keys()].map(
        (one) => `<Contents><Key>${one}</Key><ETag>"e"</ETag></Contents>`,
      );
      response.end(`<ListBucketResult>${entries.join('')}</ListBucketResult>`);
    } else if (request.headers['if-match'] !== undefined && key.includes('dev')) {
      response.writeHead(412).end('<Error><Code>PreconditionFailed</Code></Error>');
    } else if (content === undefined) {
      response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>');
    } else response.writeHead(200, { etag: '"e1"', 'x-amz-version-id': 'v3' }).end(content);
  });
  ({ host, close } = server);
});
afterAll(() => close());

function answerGcs(
  url: URL,
  response: { writeHead(status: number): { end(): void }; end(body: string): void },
): void {
  const [, key] = url.pathname.split('/o/');
  if (key === undefined) {
    const items = [...OBJECTS.keys()].map((name) => ({ name, generation: '5' }));
    response.end(JSON.stringify({ items }));
    return;
  }
  const content = OBJECTS.get(decodeURIComponent(key));
  if (content === undefined) response.writeHead(404).end();
  else response.end(content);
}

const keys = { accessKeyId: 'AKIA', secretAccessKey: 'canary-8' };
const s3 = (path: string, query = '') =>
  readAll(`s3://acme-states/${path}?region=eu-west-1&endpoint=http://${host}${query}`, keys);

describe('S3', () => {
  it('gives an object and its version', async () => {
    const [document] = await s3('states/prod.tfstate', '&version=v3');
    expect(document).toMatchObject({
      name: 's3://acme-states/states/prod.tfstate',
      version: 'v3',
      content: OBJECTS.get('states/prod.tfstate'),
    });
    expect(asked.at(-1)).toContain('versionId=v3');
  });

  it('sees an object of a listing replaced before it is read', async () => {
    await expect(s3('states/')).rejects.toMatchObject({ code: 'SOURCE.CHANGED_WHILE_READ' });
  });

  it('says what is missing, and nothing of what the store says', async () => {
    await expect(s3('states/none.tfstate')).rejects.toMatchObject({ code: 'SOURCE.STATE_MISSING' });
    denied = true;
    try {
      await expect(s3('states/prod.tfstate')).rejects.toMatchObject({
        code: 'SOURCE.DENIED',
        message: expect.not.stringMatching(/canary/),
      });
    } finally {
      denied = false;
    }
  });

  it('needs keys of its own where the machine may not help', async () => {
    await expect(readAll('s3://acme-states/x.tfstate')).rejects.toMatchObject({
      code: 'SOURCE.CREDENTIALS_INVALID',
    });
  });
});

describe('Google Cloud Storage', () => {
  const gs = (path: string, query = '') =>
    readAll(`gs://acme-states/${path}?endpoint=http://${host}${query}`, { accessToken: 't' });

  it('gives an object at a generation', async () => {
    expect((await gs('states/prod.tfstate', '&generation=5'))[0]?.content).toContain('"serial":1');
    expect(asked.at(-1)).toContain('generation=5');
  });

  it('gives everything below a prefix that looks like a state', async () => {
    const found = await gs('states/');
    expect(found.map(({ name, named }) => [name, named])).toEqual([
      ['gs://acme-states/states/prod.tfstate', false],
      ['gs://acme-states/states/dev.tfstate', false],
    ]);
  });

  it('refuses credentials that name other hosts', async () => {
    const document = JSON.stringify({
      type: 'external_account',
      token_url: 'http://169.254.169.254',
    });
    await expect(
      readAll('gs://acme-states/x.tfstate', { serviceAccountKey: document }),
    ).rejects.toMatchObject({ code: 'SOURCE.CREDENTIALS_INVALID' });
  });
});
