import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, TestContext } from '../support/test-context.js';
import { told } from './calls.js';
import { CREATORS } from './foreign-objects.js';
import { bodyFor, type Operation, operations } from './openapi.js';

const PARAMETER = /([\w-]+)\/(\{\w+\})/g;
const withId = operations().filter((operation) => operation.path.includes('{'));
const reading = withId.filter((operation) => operation.method === 'GET');

/** Every path of the API with an id in it, called by an administrator of B with the ids of A. */
describe('another organization', () => {
  let test: TestContext;
  let ourToken: string;
  let theirToken: string;
  const made = new Map<string, string>();

  beforeAll(async () => {
    test = await TestContext.open();
    const organization = await test.newOrganization();
    const token = await (await test.newUser(organization)).login();
    ourToken = token;
    for (const [parameter, create] of Object.entries(CREATORS)) {
      made.set(parameter, await create({ test, organization, token, made }));
    }
    const other = await test.newOrganization();
    theirToken = await (await test.newUser(other)).login();
  });

  afterAll(() => test.close());

  it('is asked about every parameter of the API', () => {
    const parameters = withId.flatMap(({ path }) =>
      [...path.matchAll(PARAMETER)].map(([one]) => one),
    );
    const unknown = [...new Set(parameters)].filter((one) => !(one in CREATORS));
    expect(unknown).toEqual([]);
  });

  it.each(reading.map((operation) => [operation.path, operation] as const))(
    'does exist for its own people at %s',
    async (_path, operation) => {
      const own = await call(ourToken, operation, (parameter) => made.get(parameter) ?? '');
      expect(own.status).toBe(200);
    },
  );

  it.each(withId.map((operation) => [operation.method, operation.path, operation] as const))(
    'cannot tell by %s %s whether something exists here',
    async (_method, _path, operation) => {
      const foreign = await call(theirToken, operation, (parameter) => made.get(parameter) ?? '');
      const missing = await call(theirToken, operation, () => randomUUIDv7());
      expect(foreign.status).toBe(404);
      expect(told(foreign)).toEqual(told(missing));
    },
  );

  function call(
    token: string,
    operation: Operation,
    idOf: (parameter: string) => string,
  ): Promise<Answer> {
    const url = operation.path.replaceAll(
      PARAMETER,
      (parameter, noun: string) => `${noun}/${idOf(parameter)}`,
    );
    return test.request(token, operation.method, url, bodyFor(operation));
  }
});
