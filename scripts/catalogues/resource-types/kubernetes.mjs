import { catalogue, table } from './catalogue.mjs';

/** Built-in kinds, and the custom ones whose schema is at hand. */
export function kubernetesTables() {
  const builtIn = rowsOf(catalogue('kubernetes/kinds').kinds);
  const custom = rowsOf(catalogue('kubernetes/crds/kinds').kinds);
  return {
    counts: [
      ['Kubernetes', 'every kind the API server lists'],
      ['… built-in kinds with a schema at hand', builtIn.length],
      ['… custom kinds with a schema at hand', custom.length],
    ],
    body: `## Kubernetes

All are read by listing every kind the API server's discovery names. Permission: \`list\` on the resource, in every namespace that is read. Both sides speak the same words, so every kind compares in full; a schema says defaults, what the server writes, and how lists
are keyed. Custom kinds bring their schema in the cluster (\`list\` on \`customresourcedefinitions\`); those below are known without it.

### Built-in kinds

${table(['kind', 'versions'], builtIn)}
### Custom kinds

${table(['kind', 'versions'], custom)}`,
  };
}

function rowsOf(kinds) {
  return Object.entries(kinds)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([kind, versions]) => [kind, Object.keys(versions).sort().join(', ')]);
}
