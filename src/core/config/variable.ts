export const NODE_ENVIRONMENTS = ['development', 'production', 'testing'] as const;
export type NodeEnvironment = (typeof NODE_ENVIRONMENTS)[number];

/** One environment variable: how to read it, what it is without a value, and what to tell people about it. */
export interface Variable<T> {
  readonly group: string;
  readonly description: string;
  /** In words, for the documentation: `integer 1–65535`. */
  readonly type: string;
  readonly secret: boolean;
  /** Throws an Error whose message says what is allowed; it must never repeat the value. */
  readonly parse: (raw: string) => T;
  /** An environment without a default requires the variable, unless it is optional. */
  readonly defaults: Partial<Record<NodeEnvironment, T>>;
  readonly optional: boolean;
  /** An optional variable that another one makes necessary. */
  readonly requiredWhen?: RequiredWhen | undefined;
}

export interface RequiredWhen {
  readonly description: string;
  readonly test: (values: Readonly<Record<string, unknown>>) => boolean;
}

interface Common<T> {
  readonly group: string;
  readonly description: string;
  /** For every environment. */
  readonly default?: T;
  /** Per environment; an environment left out requires the variable. */
  readonly defaults?: Partial<Record<NodeEnvironment, T>>;
}

function variable<T>(
  options: Common<T>,
  rest: Pick<Variable<T>, 'type' | 'parse'> & { secret?: boolean },
): Variable<T> {
  const { default: everywhere } = options;
  const defaults =
    everywhere === undefined
      ? (options.defaults ?? {})
      : { development: everywhere, production: everywhere, testing: everywhere };
  return {
    group: options.group,
    description: options.description,
    type: rest.type,
    parse: rest.parse,
    secret: rest.secret ?? false,
    defaults,
    optional: false,
  };
}

export function text(options: Common<string>): Variable<string> {
  return variable(options, { type: 'text', parse: (raw) => raw });
}

export function integer(
  options: Common<number> & { readonly min: number; readonly max: number },
): Variable<number> {
  const type = `integer ${options.min}–${options.max}`;
  return variable(options, {
    type,
    parse: (raw) => {
      const value = Number(raw);
      if (!/^\d+$/.test(raw) || value < options.min || value > options.max) {
        throw new Error(`must be an ${type}`);
      }
      return value;
    },
  });
}

export function flag(options: Common<boolean>): Variable<boolean> {
  return variable(options, {
    type: 'true or false',
    parse: (raw) => {
      if (raw !== 'true' && raw !== 'false') throw new Error('must be true or false');
      return raw === 'true';
    },
  });
}

export function choice<const C extends string>(
  options: Common<C> & { readonly choices: readonly C[] },
): Variable<C> {
  const type = options.choices.join(' | ');
  return variable(options, {
    type,
    parse: (raw) => {
      const found = options.choices.find((one) => one === raw);
      if (found === undefined) throw new Error(`must be one of ${options.choices.join(', ')}`);
      return found;
    },
  });
}

/** Comma-separated. `check` throws an Error that says what is wrong with the entries, which are no secret. */
export function list(
  options: Common<readonly string[]> & {
    readonly type: string;
    readonly check: (entries: readonly string[]) => unknown;
  },
): Variable<readonly string[]> {
  return variable(options, {
    type: `list of ${options.type}, separated by commas`,
    parse: (raw) => {
      const entries = raw.split(',').map((one) => one.trim());
      options.check(entries.filter((one) => one !== ''));
      return entries.filter((one) => one !== '');
    },
  });
}

export function url(
  options: Common<string> & { readonly protocols: readonly string[] },
): Variable<string> {
  const type = `URL (${options.protocols.join(', ')})`;
  return variable(options, {
    type,
    parse: (raw) => {
      if (!URL.canParse(raw) || !options.protocols.includes(new URL(raw).protocol)) {
        throw new Error(`must be a ${type}`);
      }
      return raw;
    },
  });
}

/** Never printed; in production at least `minLength` characters and no well-known placeholder. */
export function secret(
  options: Common<string> & { readonly minLength?: number; readonly url?: boolean },
): Variable<string> {
  const minLength = options.minLength ?? 1;
  return variable(options, {
    type: minLength > 1 ? `secret, at least ${minLength} characters` : 'secret',
    secret: true,
    parse: (raw) => {
      if (raw.length < minLength) throw new Error(`must have at least ${minLength} characters`);
      return raw;
    },
  });
}

export function optional<T>(
  required: Variable<T>,
  requiredWhen?: RequiredWhen,
): Variable<T | undefined> {
  return { ...required, optional: true, requiredWhen };
}
