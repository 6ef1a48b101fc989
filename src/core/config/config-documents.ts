import { NODE_ENVIRONMENTS, type NodeEnvironment, type Variable } from './variable.js';
import { VARIABLES } from './variables.js';

const entries = Object.entries(VARIABLES) as [string, Variable<unknown>][];
const groups = [...new Set(entries.map(([, variable]) => variable.group))];

/** The text of `.env.example`: every variable, commented out, with its development default. */
export function renderEnvExample(): string {
  const lines = [
    '# Generated from src/core/config/variables.ts by `npm run env:example`.',
    '# Variables without a value take the default of NODE_ENV; see docs/configuration.md.',
  ];
  for (const group of groups) {
    lines.push('', `## ${group}`);
    for (const [name, variable] of membersOf(group)) {
      const value = name === 'NODE_ENV' ? 'development' : variable.defaults.development;
      lines.push('', `# ${variable.description} (${variable.type})`);
      lines.push(`# ${name}=${variable.secret ? '' : shown(value)}`);
    }
  }
  return `${lines.join('\n')}\n`;
}

/** The text of `docs/configuration.md`. */
export function renderConfigurationGuide(): string {
  const lines = [
    '# Configuration',
    '',
    'DriftGuard reads environment variables once, when it starts, and refuses to start when one is missing or wrong.',
    'The error names the variable, never its value. In production well-known placeholder secrets are refused.',
    '',
    '_Generated from `src/core/config/variables.ts` by `npm run env:example`._',
  ];
  for (const group of groups) {
    lines.push('', `## ${group}`, '');
    lines.push('| variable | meaning | type | development | production | testing |');
    lines.push('| --- | --- | --- | --- | --- | --- |');
    for (const [name, variable] of membersOf(group)) {
      const cells = NODE_ENVIRONMENTS.map((environment) => defaultCell(variable, environment));
      const type = variable.type.replaceAll('|', '\\|');
      lines.push(`| \`${name}\` | ${variable.description} | ${type} | ${cells.join(' | ')} |`);
    }
  }
  return `${lines.join('\n')}\n`;
}

function membersOf(group: string): [string, Variable<unknown>][] {
  return entries.filter(([, variable]) => variable.group === group);
}

function defaultCell(variable: Variable<unknown>, environment: NodeEnvironment): string {
  const value = variable.defaults[environment];
  if (value === undefined) {
    if (variable.requiredWhen !== undefined) return `when ${variable.requiredWhen.description}`;
    return variable.optional ? 'not set' : '**required**';
  }
  if (value === '' || (Array.isArray(value) && value.length === 0)) return 'empty';
  if (variable.secret) return 'a placeholder';
  return `\`${shown(value)}\``;
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.join(',');
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}
