import type { FieldFacts } from '../../field.js';

/** What the provider's schema is asked for here. */
export interface AttributeSchema {
  code(parent: string | undefined, name: string): string | undefined;
  isComputed(name: string): boolean;
  isToolOnly(name: string): boolean;
}

/** Secrets: an API never gives them back, and write-only arguments (`_wo`) are not even in the state. */
const SECRET = /(password|passphrase|secret|secret_string|auth_token|private_key|_wo)$/;

/** What the provider's schema says of one attribute; `parent` is the code of its block, undefined at the top. */
export function terraformFacts(
  schema: AttributeSchema,
  parent: string | undefined,
  name: string,
): FieldFacts {
  const code = schema.code(parent, name);
  const top = parent === undefined;
  const secret = SECRET.test(name) && (code === undefined || code === 's');
  return {
    ...(code?.startsWith('<') && { order: 'set' as const }),
    ...(/^tags(_all)?$/.test(name) && { kind: 'tags' as const }),
    ...(name.endsWith('version') && { kind: 'version' as const }),
    ...(top && schema.isComputed(name) && { readOnly: true }),
    ...(top && schema.isToolOnly(name) && { toolOnly: true }),
    ...(secret && { absence: 'unreadable' as const, sensitive: true }),
  };
}
