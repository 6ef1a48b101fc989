const PLACEHOLDER_WORDS = [
  'changeme',
  'change-me',
  'change_me',
  'placeholder',
  'insecure',
  'example',
  'replace',
  'your-',
  'todo',
];
const PLACEHOLDER_VALUES = ['secret', 'password', 'driftguard', 'postgres', 'admin', 'test'];

/** Whether a text looks like something copied from a template instead of a secret somebody made. */
export function isPlaceholder(value: string): boolean {
  const lower = value.toLowerCase();
  return (
    PLACEHOLDER_VALUES.includes(lower) ||
    PLACEHOLDER_WORDS.some((word) => lower.includes(word)) ||
    /^<.*>$/.test(lower) ||
    /^(.)\1*$/.test(lower)
  );
}
