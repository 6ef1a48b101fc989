/** Paths and what may be done there. */
export interface Policy {
  readonly rules: readonly { readonly path: RegExp; readonly capabilities: readonly string[] }[];
}

const PATH_BLOCK = /path\s+"([^"]+)"\s*\{([^}]*)\}/g;
const CAPABILITIES = /capabilities\s*=\s*\[([^\]]*)\]/;

/** What every token may do: https://developer.hashicorp.com/vault/docs/concepts/policies#default-policy */
export const DEFAULT_POLICY = `
path "auth/token/lookup-self" { capabilities = ["read"] }
path "auth/token/renew-self" { capabilities = ["update"] }
path "auth/token/revoke-self" { capabilities = ["update"] }
path "sys/capabilities-self" { capabilities = ["update"] }
path "sys/renew" { capabilities = ["update"] }
path "sys/leases/renew" { capabilities = ["update"] }
path "sys/leases/lookup" { capabilities = ["update"] }
`;

/** Reads the part of HCL that policies are written in; `+` stands for one part of a path, `*` at the end for the rest. */
export function parsePolicy(text: string): Policy {
  const withoutComments = text.replace(/^\s*(#|\/\/).*$/gm, '');
  const rules = [...withoutComments.matchAll(PATH_BLOCK)].map(([, path = '', body = '']) => {
    const listed = CAPABILITIES.exec(body)?.[1];
    if (listed === undefined) throw new Error(`The policy for ${path} names no capabilities.`);
    const capabilities = [...listed.matchAll(/"([a-z]+)"/g)].map(([, name = '']) => name);
    return { path: pattern(path), capabilities };
  });
  if (rules.length === 0) throw new Error('The policy has no path.');
  return { rules };
}

/** Denied unless a rule grants it; `deny` wins over every grant. */
export function allows(policies: readonly Policy[], path: string, capability: string): boolean {
  const found = policies.flatMap(({ rules }) => rules.filter((rule) => rule.path.test(path)));
  const granted = found.flatMap(({ capabilities }) => capabilities);
  return granted.includes(capability) && !granted.includes('deny');
}

function pattern(path: string): RegExp {
  const isPrefix = path.endsWith('*');
  const parts = (isPrefix ? path.slice(0, -1) : path)
    .split('/')
    .map((part) => (part === '+' ? '[^/]+' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  return new RegExp(`^${parts.join('/')}${isPrefix ? '' : '$'}`);
}
