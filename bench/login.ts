// npm run bench:login: logins per second through the whole API, beside the hashing alone, which is what they are made of.
import { randomUUID } from 'node:crypto';
import argon2 from 'argon2';
import { ARGON2ID } from '../src/core/auth/passwords/password-hasher.js';
import { PASSWORD, startBenchApi } from './login/bench-api.js';
import { numberOption, printTable, say } from './table.js';

const LOGINS = numberOption('logins', 200);
const ROUNDS = numberOption('rounds', 3);
/** More in flight than libuv has threads for: the hashing queues, as it does under load. */
const IN_FLIGHT = numberOption('in-flight', 8);

const bench = await startBenchApi();
const hash = await argon2.hash(PASSWORD, ARGON2ID);
let calls = 0;
const post = async (url: string, payload: object, expected: number): Promise<string> => {
  // From many addresses, because one that fails too often is stopped.
  const remoteAddress = `10.0.${(calls++ >> 8) % 256}.${calls % 256}`;
  const answer = await bench.app.inject({ method: 'POST', url, payload, remoteAddress });
  if (answer.statusCode !== expected) throw new Error(`${url}: ${answer.body}`);
  return answer.body;
};
const login = (): Promise<string> => post('/api/v1/auth/login', bench.credentials, 200);
let tokens = { access_token: '', refresh_token: '' };
const logInAgain = async (): Promise<void> => {
  tokens = JSON.parse(await login()) as typeof tokens;
};

interface Contender {
  readonly work: () => Promise<unknown>;
  readonly inFlight: number;
  readonly prepare?: () => Promise<void>;
}
const contenders: Record<string, Contender> = {
  'argon2id verify alone (floor)': {
    work: () => argon2.verify(hash, PASSWORD),
    inFlight: IN_FLIGHT,
  },
  'POST /auth/login': { work: login, inFlight: IN_FLIGHT },
  'POST /auth/login, unknown user': {
    // Names of their own, because guessing one is stopped after ten times.
    work: () => post('/api/v1/auth/login', { ...bench.credentials, username: randomUUID() }, 401),
    inFlight: IN_FLIGHT,
  },
  'POST /auth/refresh': {
    prepare: logInAgain,
    work: async () => {
      const body = { refresh_token: tokens.refresh_token };
      tokens = JSON.parse(await post('/api/v1/auth/refresh', body, 200)) as typeof tokens;
    },
    inFlight: 1,
  },
  'GET /auth/me (the guard)': {
    prepare: logInAgain,
    work: () =>
      bench.app.inject({
        method: 'GET',
        url: '/api/v1/auth/me',
        headers: { authorization: `Bearer ${tokens.access_token}` },
      }),
    inFlight: IN_FLIGHT,
  },
};

try {
  const best = new Map<string, number>();
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, { work, inFlight, prepare }] of Object.entries(contenders)) {
      await prepare?.();
      best.set(name, Math.max(best.get(name) ?? 0, await perSecond(work, inFlight)));
    }
  }
  say(
    `argon2id, ${ARGON2ID.memoryCost / 1024} MiB, ${ARGON2ID.timeCost} passes, ${ARGON2ID.parallelism} lane; ${LOGINS} of each, ${IN_FLIGHT} in flight, best of ${ROUNDS} rounds\n`,
  );
  const floor = best.get('argon2id verify alone (floor)') ?? 1;
  printTable([
    ['', '/s', '× floor'],
    ...[...best].map(([name, rate]) => [name, rate.toFixed(1), (rate / floor).toFixed(2)]),
  ]);
} finally {
  await bench.stop();
}

async function perSecond(work: () => Promise<unknown>, inFlight: number): Promise<number> {
  let left = LOGINS;
  const begin = performance.now();
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      while (left-- > 0) await work();
    }),
  );
  return LOGINS / ((performance.now() - begin) / 1000);
}
