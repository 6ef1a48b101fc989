/** Letters and digits in lower case: `disk_size_gb` and `diskSizeGB` are one name. */
export function bare(name: string): string {
  return name.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
}

function plurals(name: string): string[] {
  if (name.endsWith('y')) return [`${name.slice(0, -1)}ies`, `${name}s`];
  if (/(s|x|ch|sh)$/.test(name)) return [`${name}es`];
  return [`${name}s`];
}

/** How an argument may be called in ARM, in the order of likelihood; `below` is the field of the object it names. */
export interface Spelling {
  readonly name: string;
  readonly below?: string;
  /** ARM names the opposite: `disableLocalAuth` for `local_auth_enabled`. */
  readonly negated?: boolean;
}

/** ARM adds the unit in its own way, or leaves it out: `retentionDays` for `retention_in_days`. */
const UNIT = /_in_(seconds|minutes|hours|days|mb|gb|mbps)$/;

/**
 * The conventions azurerm follows (hashicorp/terraform-provider-azurerm, contributor guide "Schema design"): snake case,
 * singular blocks, `x_id` or `xResourceId` for a reference `x: { id }`, `x_enabled` for `enableX`, `isXEnabled` or a word in `x`, and
 * `x_y` for `x: { y }`.
 */
export function* spellings(key: string, repeated: boolean): Iterable<Spelling> {
  const name = bare(key);
  yield { name };
  if (repeated) for (const plural of plurals(name)) yield { name: plural };
  const words = key.split('_');
  const stem = bare(words.slice(0, -1).join('_'));
  const last = words.at(-1);
  if (words.length > 1 && last === 'enabled') {
    yield { name: `enable${stem}` };
    yield { name: `is${stem}enabled` };
    yield { name: stem };
    yield { name: stem, below: 'enabled' };
  }
  if (key === 'enabled')
    for (const state of ['enabledstate', 'isenabled', 'state']) yield { name: state };
  if (words.length > 1 && words[0] === 'enable') {
    const rest = bare(words.slice(1).join('_'));
    yield { name: `${rest}enabled` };
    yield { name: `is${rest}enabled` };
  }
  if (words.length > 1 && last === 'id') {
    yield { name: stem, below: 'id' };
    yield { name: `${stem}resourceid` };
  }
  if (words.length > 1 && last === 'ids') {
    yield { name: stem };
    for (const plural of plurals(stem)) yield { name: plural };
  }
  for (let at = words.length - 1; at > 0; at--) {
    const [above, below] = [words.slice(0, at).join('_'), words.slice(at).join('_')];
    yield { name: bare(above), below: bare(below) };
  }
  if (UNIT.test(key)) {
    yield { name: bare(key.replace('_in_', '_')) };
    yield { name: bare(key.replace(UNIT, '')) };
  }
  if (key === 'sku') yield { name, below: 'name' };
  yield* opposites(words, stem);
}

function* opposites(words: readonly string[], stem: string): Iterable<Spelling> {
  if (words.length < 2) return;
  const [first, last] = [words[0], words.at(-1)];
  const rest = bare(words.slice(1).join('_'));
  if (last === 'enabled') yield { name: `disable${stem}`, negated: true };
  if (last === 'enabled') yield { name: `${stem}disabled`, negated: true };
  if (last === 'disabled') yield { name: `disable${stem}` };
  if (last === 'disabled') yield { name: `enable${stem}`, negated: true };
  if (first === 'enable') yield { name: `disable${rest}`, negated: true };
}
