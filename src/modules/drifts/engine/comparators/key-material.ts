import type { Comparator } from '../comparator.js';

const SSH =
  /^(ssh-[a-z0-9-]+|ecdsa-sha2-[a-z0-9-]+|sk-[a-z0-9@.-]+) ([A-Za-z0-9+/=]+)(?: .*)?\s*$/s;
const PEM = /^\s*-----BEGIN [A-Z0-9 ]+-----/;

/** What a public key or certificate text carries besides comment, line breaks and surrounding space. */
function material(value: string): string | undefined {
  const ssh = SSH.exec(value);
  if (ssh) return `${ssh[1] ?? ''} ${ssh[2] ?? ''}`;
  return PEM.test(value) ? value.replace(/\s+/g, '') : undefined;
}

/** SSH public keys without their comment, PEM blocks without their line breaks (F30; RFC 4253 §6.6, RFC 7468). */
export const keyMaterial: Comparator = {
  name: 'key-material',
  rule(declared, actual) {
    if (typeof declared !== 'string' || typeof actual !== 'string') return undefined;
    const left = material(declared);
    if (left === undefined || left !== material(actual)) return undefined;
    return { kind: 'same', why: 'The same key; comment and line breaks mean nothing.' };
  },
};
