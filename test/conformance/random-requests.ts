import { randomUUIDv7 } from 'node:crypto';
import type { TestOrganization } from '../factories/organization.factory.js';
import type { Answer, TestContext } from '../support/test-context.js';
import { CREATORS } from './foreign-objects.js';
import { bodyFor, type Operation, operations } from './openapi.js';

const PARAMETER = /([\w-]+)\/(\{\w+\})/g;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
/** What would lock its caller out, after which nothing more would be asked. */
const ENDS_ACCESS = new Set([
  'logout',
  'endOwnSessions',
  'endOwnSession',
  'endUserSessions',
  'changePassword',
  'updateUser',
  'resetUserPassword',
  'updateOrganization',
  'updateOrganizationSettings',
]);

/** One organization: its administrator's token and everything by which its data would be recognised. */
export interface Side {
  readonly organization: TestOrganization;
  readonly token: string;
  /** Ids by path parameter. */
  readonly made: ReadonlyMap<string, string>;
  readonly marks: Set<string>;
  /** Marks of the other side that this one named in a request; its own audit log repeats them. */
  readonly said: Set<string>;
}

export async function newSide(test: TestContext): Promise<Side> {
  const organization = await test.newOrganization();
  const user = await test.newUser(organization);
  const token = await user.login();
  const made = new Map<string, string>();
  for (const [parameter, create] of Object.entries(CREATORS)) {
    made.set(parameter, await create({ test, organization, token, made }));
  }
  const marks = new Set([organization.id, organization.slug, user.id, user.username]);
  for (const id of made.values()) marks.add(id);
  return { organization, token, made, marks, said: new Set() };
}

/** A leak, in words: which request was answered with what of the other side. */
export async function randomRequests(
  test: TestContext,
  sides: readonly [Side, Side],
  options: { readonly count: number; readonly seed: number },
): Promise<{ readonly leaks: string[]; readonly succeeded: number }> {
  const random = randomNumbers(options.seed);
  const pick = <T>(items: readonly T[]): T => {
    const item = items[Math.floor(random() * items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };
  const askable = operations().filter(({ operationId = '' }) => !ENDS_ACCESS.has(operationId));
  const leaks: string[] = [];
  let succeeded = 0;
  for (let count = 0; count < options.count; count += 1) {
    const [own, other] = random() < 0.5 ? sides : ([sides[1], sides[0]] as const);
    const operation = pick(askable);
    // What is deleted would be asked for in vain ever after: only what must not be deletable is tried.
    const owners = operation.method === 'DELETE' ? [other, null] : [own, own, other, null];
    const idOf = (parameter: string): string => pick(owners)?.made.get(parameter) ?? randomUUIDv7();
    const { url, body } = request(operation, idOf, pick([own, other]));
    const answer = await test.request(own.token, operation.method, url, body);
    if (answer.status < 400) succeeded += 1;
    const sent = `${url} ${JSON.stringify(body ?? null)}`;
    for (const mark of other.marks) if (sent.includes(mark)) own.said.add(mark);
    // A person's archive holds what they did, in the words of the audit log.
    const isLog = /\/(audit-logs|personal-data)/.test(operation.path);
    const leaked = [...other.marks].filter(
      (mark) => isIn(answer, mark, url) && !(isLog && own.said.has(mark)),
    );
    if (leaked.length > 0) leaks.push(`${operation.method} ${url}: ${leaked.join(', ')}`);
    if (answer.status === 201) note(own, answer, sides);
  }
  return { leaks, succeeded };
}

function request(operation: Operation, idOf: (parameter: string) => string, ids: Side) {
  const url = operation.path.replaceAll(
    PARAMETER,
    (parameter, noun: string) => `${noun}/${idOf(parameter)}`,
  );
  const body = bodyFor(operation);
  if (body === undefined) return { url, body };
  // Ids in bodies may be the other side's too.
  const environment = ids.made.get('environments/{environment_id}');
  const fields = 'environment_id' in body ? { environment_id: environment } : {};
  const name = 'name' in body ? { name: `made ${randomUUIDv7()}` } : {};
  return { url, body: { ...body, ...name, ...fields } };
}

/** What the caller said itself is no leak. */
function isIn(answer: Answer, mark: string, url: string): boolean {
  if (url.includes(mark) && answer.status >= 400) return false;
  return answer.text.includes(mark) || JSON.stringify(answer.headers).includes(mark);
}

function note(own: Side, answer: Answer, sides: readonly Side[]): void {
  const known = new Set(sides.flatMap(({ marks }) => [...marks]));
  const { id } = answer.body;
  if (typeof id === 'string' && UUID.test(id) && !known.has(id)) own.marks.add(id);
  UUID.lastIndex = 0;
}

/** mulberry32: the same requests for the same seed. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}
