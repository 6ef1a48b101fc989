// npm run bench:absence: whether the time of a 404 tells an object of another organization from one that does not exist.
import { randomUUIDv7 } from 'node:crypto';
import { PASSWORD, startBenchApi } from './login/bench-api.js';
import { numberOption, printTable, say } from './table.js';

const ROUNDS = numberOption('rounds', 1000);

const bench = await startBenchApi();

async function send(
  method: 'GET' | 'POST',
  url: string,
  token: string | null,
  payload?: object,
): Promise<{ readonly status: number; readonly body: Record<string, unknown> }> {
  const answer = await bench.app.inject({
    method,
    url: `/api/v1/${url}`,
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
    ...(payload !== undefined && { payload }),
  });
  return { status: answer.statusCode, body: JSON.parse(answer.body) as Record<string, unknown> };
}

async function logIn(credentials: object): Promise<string> {
  return String((await send('POST', 'auth/login', null, credentials)).body.access_token);
}

async function milliseconds(url: string, token: string): Promise<number> {
  const begin = performance.now();
  const { status } = await send('GET', url, token);
  const took = performance.now() - begin;
  if (status !== 404) throw new Error(`${url} answered ${status}`);
  return took;
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

try {
  const registration = {
    organization: { name: 'Other', slug: 'other' },
    username: 'ada',
    email: 'ada@example.com',
    password: PASSWORD,
  };
  const registered = await send('POST', 'auth/register', null, registration);
  if (registered.status !== 201) throw new Error(JSON.stringify(registered.body));
  const theirs = await logIn({ organization: 'other', username: 'ada', password: PASSWORD });
  const ours = await logIn(bench.credentials);
  const environment = { name: 'production', provider: 'aws' };
  const made = await send('POST', 'environments', theirs, environment);
  const me = await send('GET', 'auth/me', theirs);
  if (made.status !== 201 || me.status !== 200) throw new Error(JSON.stringify(made.body));
  const foreign: Readonly<Record<string, unknown>> = {
    environments: made.body.id,
    users: me.body.id,
  };

  say(`GET of one object, ${ROUNDS} rounds in turning order; medians\n`);
  const rows = [['', 'not yours, ms', 'not there, ms', 'not yours ÷ not there']];
  for (const [collection, id] of Object.entries(foreign)) {
    const [notYours, notThere]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      const one = async () =>
        notYours.push(await milliseconds(`${collection}/${String(id)}`, ours));
      const other = async () =>
        notThere.push(await milliseconds(`${collection}/${randomUUIDv7()}`, ours));
      for (const ask of round % 2 === 0 ? [one, other] : [other, one]) await ask();
    }
    const [first, second] = [median(notYours), median(notThere)];
    rows.push([
      `GET /${collection}/{id}`,
      first.toFixed(2),
      second.toFixed(2),
      (first / second).toFixed(3),
    ]);
  }
  printTable(rows);
} finally {
  await bench.stop();
}
