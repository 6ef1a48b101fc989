import { DomainError } from '../errors/index.js';
import { isPlaceholder } from './placeholder.js';
import { NODE_ENVIRONMENTS, type NodeEnvironment, type Variable } from './variable.js';
import { VARIABLES } from './variables.js';

type Table = typeof VARIABLES;
export type VariableName = keyof Table;
const ALL_NAMES = Object.keys(VARIABLES) as VariableName[];
export type ConfigValues = {
  readonly [Name in VariableName]: Table[Name] extends Variable<infer T> ? T : never;
};
/** Raw text by variable name, as in `process.env`. An empty text counts as not set. */
export type RawVariables = Readonly<Record<string, string | undefined>>;

/** What the process was started with: parsed once, complete and checked. */
export class Config {
  readonly #values: ConfigValues;

  constructor(values: ConfigValues) {
    this.#values = values;
  }

  get<Name extends VariableName>(name: Name): ConfigValues[Name] {
    return this.#values[name];
  }

  /** A copy with some values replaced; for commands that start servers of their own, and tests. */
  with(changes: Partial<ConfigValues>): Config {
    return new Config({ ...this.#values, ...changes });
  }

  /** Keeps secrets out of logs and error reports when somebody prints the whole object. */
  toJSON(): Record<string, unknown> {
    return { NODE_ENV: this.#values.NODE_ENV };
  }
}

/**
 * @throws DomainError `CONFIG.INVALID` that lists every problem with the variable's name and the remedy,
 * never with a value.
 */
export function parseConfig(raw: RawVariables): Config {
  const { values, problems } = readVariables(raw, ALL_NAMES);
  for (const name of ALL_NAMES) {
    const { requiredWhen }: Variable<unknown> = VARIABLES[name];
    if (values[name] === undefined && requiredWhen?.test(values)) {
      problems.push(`${name} is required when ${requiredWhen.description}`);
    }
  }
  if (problems.length > 0) throw invalidConfig(problems);
  // Complete by construction: every name of the table was visited.
  return new Config(values as unknown as ConfigValues);
}

/** A few variables alone, for what has to be known before the others can be: where more of them are kept. */
export function parseVariables<Name extends VariableName>(
  raw: RawVariables,
  names: readonly Name[],
): Pick<ConfigValues, Name> {
  const { values, problems } = readVariables(raw, names);
  if (problems.length > 0) throw invalidConfig(problems);
  return values as Pick<ConfigValues, Name>;
}

/** Whether DriftGuard reads a variable of this name. */
export function isVariable(name: string): name is VariableName {
  return Object.hasOwn(VARIABLES, name);
}

function readVariables(raw: RawVariables, names: readonly VariableName[]) {
  const environment = nodeEnvironment(raw.NODE_ENV);
  const values: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const name of names) {
    const variable: Variable<unknown> = VARIABLES[name];
    const text = name === 'NODE_ENV' ? environment : raw[name];
    if (text === undefined || text === '') {
      values[name] = variable.defaults[environment];
      if (values[name] === undefined && !variable.optional) {
        problems.push(`${name} is required in ${environment}: ${variable.description}`);
      }
      continue;
    }
    try {
      values[name] = variable.parse(text);
    } catch (error) {
      problems.push(`${name} ${error instanceof Error ? error.message : 'is not valid'}`);
      continue;
    }
    if (environment === 'production' && variable.secret && isPlaceholder(text)) {
      problems.push(`${name} is a placeholder; set a secret of your own`);
    }
  }
  return { values, problems };
}

/** The only place that reads `process.env`. */
export function environmentVariables(): RawVariables {
  return { ...process.env };
}

/** From the environment alone; a deployment may keep more in Vault, see `loadDeployment`. */
export function loadConfig(): Config {
  return parseConfig(environmentVariables());
}

function nodeEnvironment(raw: string | undefined): NodeEnvironment {
  if (raw === undefined || raw === '') return 'production';
  if (raw === 'test') return 'testing';
  const found = NODE_ENVIRONMENTS.find((one) => one === raw);
  if (found === undefined) {
    throw invalidConfig([`NODE_ENV must be one of ${NODE_ENVIRONMENTS.join(', ')}`]);
  }
  return found;
}

function invalidConfig(problems: readonly string[]): DomainError {
  return new DomainError({
    code: 'CONFIG.INVALID',
    kind: 'invalid',
    logLevel: 'error',
    message: `The configuration is not usable:\n${problems.map((one) => `  - ${one}`).join('\n')}\nSee docs/configuration.md.`,
    details: { problems },
  });
}
