import { strengthened, weakened } from '../sense.js';
import { readAny } from '../values.js';
import type { SecurityRule } from './rule.js';

const SECRET =
  /(^|_)(password|passwd|pwd|secret|token|api_?key|access_?key|private_?key|credentials?)(_|$|\d)/i;
/** Values that only say where the secret is kept. */
const REFERENCE =
  /^(arn:aws[\w-]*:(secretsmanager|ssm):|\{\{resolve:|projects\/[^/]+\/secrets\/|vault:|@Microsoft\.KeyVault|\$\{|\$\(|https:\/\/[\w-]+\.vault\.azure\.net)/i;
const HOLDER =
  /(^|\.)(env|environment|variables|environment_variables?|app_settings|container_definitions|parameters|user_data|metadata|data)(\.|$)/;

/** An environment variable or setting named like a secret holds one in clear, where nothing or a reference stood. */
export const clearSecret: SecurityRule = (
  { path, key, before, after, afterIn, beforeIn },
  { actual, declared },
) => {
  if (
    !HOLDER.test(path) ||
    /^(secret|kubernetes_secret)/i.test(actual.type) ||
    declared.type.startsWith('kubernetes_secret')
  )
    return undefined;
  const named = (around: readonly Parameters<typeof readAny>[0][]): string => {
    const label = key === 'value' && around[0] ? readAny(around[0], ['name', 'key']) : undefined;
    return typeof label === 'string' ? label : key;
  };
  const clear = (value: unknown, name: string): boolean =>
    typeof value === 'string' && value !== '' && SECRET.test(name) && !REFERENCE.test(value);
  const was = clear(before, named(beforeIn));
  const is = clear(after, named(afterIn));
  if (was === is) return undefined;
  return is
    ? weakened('high', 'A secret stands in clear.')
    : strengthened('high', 'A secret no longer stands in clear.');
};
