import { randomUUIDv7 } from 'node:crypto';
import type { TestOrganization } from '../factories/organization.factory.js';
import type { Answer, TestContext } from '../support/test-context.js';
import { CREATORS } from './foreign-objects.js';
import { bodyFor, type Operation, operations } from './openapi.js';

const PARAMETER = /([\w-]+)\/(\{\w+\})/g;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const IS_UUID = new RegExp(`^${UUID.source}$`);
const ENVIRONMENT_FILTERS = new Set(['environment', 'environment_id']);
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
  readonly ids: Set<string>;
  readonly names: readonly string[];
  /** Ids and names of others that this one named in a request; its own audit log repeats them. */
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
  const ids = new Set([organization.id, user.id, ...made.values()]);
  const names = [organization.slug, user.username];
  return { organization, token, made, ids, names, said: new Set() };
}

export interface RandomRequests {
  readonly count: number;
  readonly seed: number;
  readonly everyone?: readonly Side[];
}

export interface RandomRun {
  /** In words: which request was answered with what of the other side. */
  readonly leaks: readonly string[];
  /** Requests by status of the answer. */
  readonly statuses: ReadonlyMap<number, number>;
}

/**
 * `count` requests of the two sides, one after the other. `everyone` has all organizations that are asked for at the same time: none of
 * them but the caller's own may show in an answer.
 */
export async function randomRequests(
  test: TestContext,
  sides: readonly [Side, Side],
  { count, seed, everyone = sides }: RandomRequests,
): Promise<RandomRun> {
  const random = randomNumbers(seed);
  const pick = <T>(items: readonly T[]): T => {
    const item = items[Math.floor(random() * items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  };
  const askable = operations().filter(({ operationId = '' }) => !ENDS_ACCESS.has(operationId));
  const leaks: string[] = [];
  const statuses = new Map<number, number>();
  for (let asked = 0; asked < count; asked += 1) {
    const [own, other] = random() < 0.5 ? sides : ([sides[1], sides[0]] as const);
    const foreign = everyone.filter((side) => side !== own);
    const operation = pick(askable);
    // What is deleted would be asked for in vain ever after: only what must not be deletable is tried.
    const owners = operation.method === 'DELETE' ? [other, null] : [own, own, other, null];
    const idOf = (parameter: string): string => pick(owners)?.made.get(parameter) ?? randomUUIDv7();
    const { url, body } = request(operation, idOf, { random, ids: pick([own, other]) });
    // Before it is sent: others read the same log meanwhile.
    const sent = `${url} ${JSON.stringify(body ?? null)}`;
    for (const mark of marksOf(foreign, sent)) own.said.add(mark);
    const answer = await test.request(own.token, operation.method, url, body);
    statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
    // A person's archive holds what they did, in the words of the audit log.
    const isLog = /\/(audit-logs|personal-data)/.test(operation.path);
    const answered = `${answer.text} ${JSON.stringify(answer.headers)}`;
    const leaked = marksOf(foreign, answered).filter(
      (mark) => !(url.includes(mark) && answer.status >= 400) && !(isLog && own.said.has(mark)),
    );
    if (leaked.length > 0) leaks.push(`${operation.method} ${url}: ${leaked.join(', ')}`);
    if (answer.status === 201) note(own, answer, everyone);
  }
  return { leaks, statuses };
}

function request(
  operation: Operation,
  idOf: (parameter: string) => string,
  { random, ids }: { readonly random: () => number; readonly ids: Side },
) {
  const path = operation.path.replaceAll(
    PARAMETER,
    (parameter, noun: string) => `${noun}/${idOf(parameter)}`,
  );
  // Ids in queries and bodies may be the other side's too.
  const environment = ids.made.get('environments/{environment_id}');
  const filter = operation.parameters?.find(({ name }) => ENVIRONMENT_FILTERS.has(name))?.name;
  const isFiltered = filter !== undefined && random() < 0.5;
  const url = isFiltered ? `${path}?${filter}=${environment}` : path;
  const body = bodyFor(operation);
  if (body === undefined) return { url, body };
  const fields = 'environment_id' in body ? { environment_id: environment } : {};
  const name = 'name' in body ? { name: `made ${randomUUIDv7()}` } : {};
  return { url, body: { ...body, ...name, ...fields } };
}

/** Ids are looked up rather than searched: a long run makes many. */
function marksOf(sides: readonly Side[], text: string): string[] {
  const ids = [...new Set(text.match(UUID) ?? [])];
  return sides.flatMap((side) => [
    ...ids.filter((id) => side.ids.has(id)),
    ...side.names.filter((name) => text.includes(name)),
  ]);
}

function note(own: Side, answer: Answer, sides: readonly Side[]): void {
  const { id } = answer.body;
  const isKnown = sides.some(({ ids }) => ids.has(String(id)));
  if (typeof id === 'string' && IS_UUID.test(id) && !isKnown) own.ids.add(id);
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
