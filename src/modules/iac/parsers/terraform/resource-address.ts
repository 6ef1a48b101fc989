const PRINTABLE = /[\p{L}\p{M}\p{N}\p{P}\p{S} ]/u;

function escapeKey(key: string): string {
  let text = '';
  const characters = Array.from(key);
  for (const [index, character] of characters.entries()) {
    switch (character) {
      case '\n':
        text += '\\n';
        break;
      case '\r':
        text += '\\r';
        break;
      case '\t':
        text += '\\t';
        break;
      case '"':
        text += '\\"';
        break;
      case '\\':
        text += '\\\\';
        break;
      case '$':
      case '%':
        text += characters[index + 1] === '{' ? character + character : character;
        break;
      default:
        text += PRINTABLE.test(character) ? character : escapeCodePoint(character);
    }
  }
  return text;
}

function escapeCodePoint(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`;
}

/**
 * The address Terraform itself prints for an instance: `module.a["x"].aws_s3_bucket.logs["k"]`, keys quoted as in
 * `addrs.StringKey` (HCL template markers doubled), so that a state, a plan and `terraform state list` agree.
 */
export function resourceAddress(
  module: string | null,
  type: string,
  name: string,
  key: string | number | null,
): string {
  const suffix = key === null ? '' : typeof key === 'number' ? `[${key}]` : `["${escapeKey(key)}"]`;
  return `${module === null || module === '' ? '' : `${module}.`}${type}.${name}${suffix}`;
}
