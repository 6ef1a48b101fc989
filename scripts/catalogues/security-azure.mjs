// Where an argument of azurerm stands in ARM, for security.mjs: by what is written down in azure/azurerm, otherwise by the naming
// conventions of the provider (see src/modules/drifts/engine/lenses/azure/azurerm-names.ts) against the published ARM schemas.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'));
const bare = (name) => name.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
/** As the engine reads it (azurerm-overlay.ts), without the elements of lists and the parts of texts, which no check asks for. */
const PLACE = /^(!?)([^[~?{]+)(?:\{(\w+)=(\w+)\})?\??$/;

function* spellings(key) {
  const words = key.split('_');
  const stem = bare(words.slice(0, -1).join('_'));
  yield [bare(key)];
  yield [`${bare(key)}s`];
  if (words.at(-1) === 'enabled') {
    for (const name of [`enable${stem}`, `is${stem}enabled`, stem]) yield [name];
    yield [stem, 'enabled'];
  }
  if (words[0] === 'enable') {
    const rest = bare(words.slice(1).join('_'));
    for (const name of [`${rest}enabled`, `is${rest}enabled`]) yield [name];
  }
  if (words.at(-1) === 'id') yield [stem, 'id'];
  for (let at = words.length - 1; at > 0; at--)
    yield [bare(words.slice(0, at).join('_')), bare(words.slice(at).join('_'))];
}

export function openArm(data) {
  const folder = path.join(data, 'azure/azurerm');
  const overlays = existsSync(folder)
    ? Object.assign({}, ...readdirSync(folder).map((file) => readJson(path.join(folder, file))))
    : {};
  const types = existsSync(path.join(data, 'azure/terraform-types.json'))
    ? readJson(path.join(data, 'azure/terraform-types.json'))
    : {};
  const providers = new Map();
  const providerOf = (namespace) => {
    if (!providers.has(namespace)) {
      const file = path.join(data, `azure/arm/${namespace}.json`);
      providers.set(namespace, existsSync(file) ? readJson(file) : { types: {}, schemas: {} });
    }
    return providers.get(namespace);
  };

  /** The real names along `names`, and the schema they lead to; undefined when the schema has no such way. */
  function along(schemas, schema, names) {
    const found = [];
    let at = schema;
    for (const wanted of names) {
      const fields = schemas[at] ?? {};
      const name = Object.keys(fields).find((candidate) => bare(candidate) === wanted);
      if (name === undefined) return undefined;
      found.push(name);
      const code = Array.isArray(fields[name]) ? fields[name][0] : fields[name];
      at = />(.*)$/.exec(code)?.[1];
    }
    return { found, schema: at };
  }

  function byConvention(schemas, root, segments) {
    let schema = root;
    const found = [];
    for (const segment of segments) {
      const step = [...spellings(segment)]
        .flatMap((names) => [names, ['properties', ...names]])
        .map((names) => along(schemas, schema, names))
        .find((one) => one !== undefined);
      if (step === undefined) return undefined;
      found.push(...step.found);
      schema = step.schema;
    }
    return found.join('.');
  }

  /** Every place in ARM as { type, path, negated, alias }. */
  return function placesOf(type, attributePath) {
    const written = overlays[type]?.[attributePath];
    if (written === false) return [];
    return (types[type] ?? []).flatMap((armType) => {
      const native = armType.toLowerCase();
      const [namespace, ...rest] = native.split('/');
      if (typeof written === 'string') {
        return written.split('|').flatMap((place) => {
          const [, negated, where, arm, terraform] = PLACE.exec(place) ?? [];
          return where === undefined
            ? []
            : [
                {
                  type: native,
                  path: where,
                  negated: negated === '!',
                  alias: { [terraform]: arm },
                },
              ];
        });
      }
      const { types: roots, schemas } = providerOf(namespace);
      const found = byConvention(schemas, roots[rest.join('/')], attributePath.split('.'));
      return found === undefined ? [] : [{ type: native, path: found, negated: false, alias: {} }];
    });
  };
}

/** What a check asks of the argument, asked of the ARM property; undefined when that cannot be said. */
export function inArm([kind, value, ...rest], { negated, alias }) {
  if (negated)
    return kind === 'is' && typeof value === 'boolean' ? [kind, !value, ...rest] : undefined;
  return [kind, alias[value] ?? value, ...rest];
}
