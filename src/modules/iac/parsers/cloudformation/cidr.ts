const MAX_BLOCKS = 256;

function parseV4(text: string): bigint | null {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) {
    return null;
  }
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function parseV6(text: string): bigint | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const groups = halves.map((half) => (half === '' ? [] : half.split(':')));
  const head = groups[0] ?? [];
  const tail = groups[1] ?? [];
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return null;
  const all = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!all.every((group) => /^[\da-fA-F]{1,4}$/.test(group))) return null;
  return all.reduce((sum, group) => sum * 65536n + BigInt(`0x${group}`), 0n);
}

function printV4(value: bigint): string {
  return [24n, 16n, 8n, 0n].map((shift) => ((value >> shift) & 255n).toString()).join('.');
}

function printV6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((value >> BigInt(112 - 16 * index)) & 65535n).toString(16),
  );
  const text = groups.join(':');
  const zeros = [...text.matchAll(/\b0(?::0)+\b/g)].sort((a, b) => b[0].length - a[0].length)[0];
  if (zeros === undefined) return text;
  const before = text.slice(0, zeros.index).replace(/:$/, '');
  return `${before}::${text.slice(zeros.index + zeros[0].length).replace(/^:/, '')}`;
}

/**
 * `Fn::Cidr`: the first `count` blocks of `hostBits` size in a block; null when the arguments are none it accepts.
 * Source: CloudFormation User Guide, "Fn::Cidr".
 */
export function cidrBlocks(block: string, count: number, hostBits: number): string[] | null {
  const [address = '', length = ''] = block.split('/');
  const isV6 = address.includes(':');
  const bits = isV6 ? 128 : 32;
  const base = isV6 ? parseV6(address) : parseV4(address);
  const prefix = /^\d{1,3}$/.test(length) ? Number(length) : NaN;
  const newPrefix = bits - hostBits;
  const valid =
    base !== null &&
    prefix <= bits &&
    newPrefix >= prefix &&
    newPrefix <= bits &&
    Number.isInteger(count) &&
    count >= 1 &&
    count <= MAX_BLOCKS &&
    BigInt(count) <= 1n << BigInt(newPrefix - prefix);
  if (!valid) return null;
  const size = 1n << BigInt(hostBits);
  const free = BigInt(bits - prefix);
  const network = (base >> free) << free;
  return Array.from({ length: count }, (_, index) => {
    const value = network + BigInt(index) * size;
    return `${isV6 ? printV6(value) : printV4(value)}/${newPrefix}`;
  });
}
