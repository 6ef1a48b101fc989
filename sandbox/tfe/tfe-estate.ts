import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { EstateError } from '../estate-error.js';
import { instant } from '../instant.js';
import { isObject, objectsAt, textAt } from '../json.js';
import type { Json, JsonObject } from '../json.js';

export interface TfeOrganization {
  readonly name: string;
  /** The token of a user or a team that may read everything in it. */
  readonly token: string;
  /** Workspaces as `parseWorkspace` gives them, in order of name. */
  readonly workspaces: readonly JsonObject[];
}

const NAME = /^[\w-]{1,90}$/;
const KEYS = ['id', 'name', 'tags', 'project', 'locked', 'state', 'serial', 'runs', 'assessment'];

/** Reads `ESTATE/tfe`; no organizations when the folder does not exist. The layout is in sandbox/README.md. */
export function loadTfeEstate(estate: string): TfeOrganization[] {
  const root = path.join(estate, 'tfe');
  if (!existsSync(root)) return [];
  return foldersOf(root).map((name) => {
    const folder = path.join(root, name);
    const settings = readJson(path.join(folder, 'organization.json'), {});
    const workspaces = foldersOf(folder).map((workspace) => {
      const where = path.join(folder, workspace);
      const state = readJson(path.join(where, 'state.tfstate'), null);
      const given = readJson(path.join(where, 'workspace.json'), {});
      return parseWorkspace({ ...given, ...(state === null ? {} : { state }) }, workspace, where);
    });
    return makeOrganization(name, workspaces, settings);
  });
}

export function makeOrganization(
  name: string,
  workspaces: readonly JsonObject[],
  settings: JsonObject = {},
): TfeOrganization {
  if (!NAME.test(name)) throw new EstateError(`tfe/${name}: this is no name of an organization.`);
  const sorted = [...workspaces].sort((left, right) =>
    (textAt(left, 'name') ?? '').localeCompare(textAt(right, 'name') ?? ''),
  );
  const token = textAt(settings, 'token') ?? `${name}.atlasv1.sandbox-token`;
  return { name, token, workspaces: sorted };
}

/** Checks a workspace and fills in what each has: an id, and ids and times of its runs (the newest first) and its assessment. */
export function parseWorkspace(given: Json, name: string, where: string): JsonObject {
  if (!isObject(given) || !NAME.test(name)) throw new EstateError(`${where} is no workspace.`);
  const unknown = Object.keys(given).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) throw new EstateError(`${where}: there is no setting ${unknown}.`);
  const runs = objectsAt(given, 'runs').map((run, index) => ({
    id: `run-${idOf(name, index)}`,
    status: 'applied',
    ...run,
    'created-at': instant(textAt(run, 'created-at') ?? `-P${index + 1}D`),
  }));
  const { assessment } = given;
  return {
    id: `ws-${idOf(name)}`,
    tags: [],
    project: 'prj-default',
    locked: false,
    serial: 1,
    state: null,
    ...given,
    name,
    runs,
    assessment: isObject(assessment)
      ? {
          id: `asmtres-${idOf(name)}`,
          succeeded: true,
          drifted: false,
          ...assessment,
          'created-at': instant(textAt(assessment, 'created-at') ?? '-PT3H'),
        }
      : null,
  };
}

function idOf(name: string, index = 0): string {
  return `${Buffer.from(name).toString('hex')}${index || ''}`.slice(0, 24);
}

function foldersOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

function readJson<T extends JsonObject | null>(file: string, otherwise: T): JsonObject | T {
  if (!existsSync(file)) return otherwise;
  try {
    const content = JSON.parse(readFileSync(file, 'utf8')) as Json;
    if (isObject(content)) return content;
  } catch (error) {
    throw new EstateError(`${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  throw new EstateError(`${file} is not a JSON object.`);
}
