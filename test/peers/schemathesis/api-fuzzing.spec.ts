import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Role } from '../../../src/core/context/index.js';
import { operations } from '../../conformance/openapi.js';
import { TestContext } from '../../support/test-context.js';
import { runSchemathesis } from './run-schemathesis.js';

const ROLES = ['viewer', 'editor', 'admin'] as const;
const EXAMPLES = Number(process.env.FUZZ_EXAMPLES ?? '50');
const MINUTES = 60_000;

/**
 * What may end the access it is called with: a session ended, a role taken, an organization switched off. After it everything would
 * answer 401 and nothing would be tested, so each of these gets a user of its own.
 */
const ENDS_ACCESS = [
  'logout',
  'endOwnSessions',
  'endOwnSession',
  'endUserSessions',
  'changePassword',
  'updateUser',
  'resetUserPassword',
  'resetUserTwoFactor',
  'anonymiseUser',
  'updateOrganization',
  'updateOrganizationSettings',
];

describe('the API under schemathesis', () => {
  let test: TestContext;
  let url: string;

  beforeAll(async () => {
    test = await TestContext.open({ ACCESS_TOKEN_SECONDS: 3600 });
    await test.app.listen(0, '127.0.0.1');
    url = await test.app.getUrl();
  });

  afterAll(() => test.close());

  async function tokenOf(role: Role): Promise<string> {
    return (await test.newUser(await test.newOrganization(), { role })).login();
  }

  it('knows the operations that end access', () => {
    const known = operations().map(({ operationId }) => operationId);
    expect(ENDS_ACCESS.filter((id) => !known.includes(id))).toEqual([]);
  });

  it(
    'has no server error, broken promise or open door for viewer, editor and admin',
    async () => {
      const tokens = await Promise.all(ROLES.map(tokenOf));
      // At the same time: each is a process that mostly waits for answers.
      const runs = await Promise.all(
        tokens.map((token) =>
          runSchemathesis({ url, token, examples: EXAMPLES, except: ENDS_ACCESS }),
        ),
      );
      const failures = runs.flatMap((run, index) =>
        run.failures.map((failure) => `${ROLES[index]}: ${failure}`),
      );
      expect(failures).toEqual([]);
      const least = operations().length - ENDS_ACCESS.length;
      for (const { tested } of runs) expect(tested.length).toBeGreaterThanOrEqual(least);
      // Whoever lost the access on the way tested nothing after it.
      const own = await Promise.all(
        tokens.map((token) => test.request(token, 'GET', '/api/v1/auth/me')),
      );
      expect(own.map(({ status }) => status)).toEqual(ROLES.map(() => 200));
    },
    40 * MINUTES,
  );

  it(
    'fails at no character either',
    async () => {
      const { failures } = await runSchemathesis({
        ...{ url, token: await tokenOf('admin'), examples: Math.min(EXAMPLES, 20) },
        checks: 'not_a_server_error,status_code_conformance',
        // The phase that makes up texts; the others would only repeat what was tested above.
        more: ['--generation-allow-x00', 'true', '--phases', 'fuzzing'],
        except: ENDS_ACCESS,
      });
      expect(failures).toEqual([]);
    },
    10 * MINUTES,
  );

  it.each(ENDS_ACCESS)(
    'has none either at %s',
    async (id) => {
      const token = await tokenOf('admin');
      const { tested, failures } = await runSchemathesis({
        ...{ url, token, examples: EXAMPLES },
        only: [id],
      });
      expect(failures).toEqual([]);
      expect(tested.length).toBeGreaterThan(0);
    },
    5 * MINUTES,
  );
});
