import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { REQUIRED_CALLS } from '../../../src/services/aws/required-calls.js';
import { REQUIRED_ACTIONS } from '../../../src/services/azure/required-actions.js';
import { REQUIRED_PERMISSIONS } from '../../../src/services/gcp/required-permissions.js';
import { REQUIRED_RULES } from '../../../src/services/kubernetes/required-rules.js';

const SERVICES = path.resolve(import.meta.dirname, '../../../src/services');

/** Cloud Control has no actions of its own (Service Authorization Reference, AWS Cloud Control API). */
const IAM_SERVICE: Readonly<Record<string, string>> = {
  cloudcontrol: 'cloudformation',
  'config-service': 'config',
};

function sources(provider: string): string[] {
  return readdirSync(path.join(SERVICES, provider), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'))
    .filter((name) => !name.startsWith('required-'))
    .map((name) => readFileSync(path.join(SERVICES, provider, name), 'utf8'));
}

describe('the table of calls', () => {
  it('of AWS holds the commands the inventory sends, and no other', () => {
    const sent = sources('aws').flatMap((text) =>
      [...text.matchAll(/import \{([^}]*)\} from '@aws-sdk\/client-([\w-]+)'/g)].flatMap(
        ([, names = '', client = '']) =>
          [...names.matchAll(/(\w+)Command\b/g)].map(
            ([, name = '']) => `${IAM_SERVICE[client] ?? client}:${name}`,
          ),
      ),
    );
    const listed = REQUIRED_CALLS.map(({ action }) => action);
    expect([...new Set(sent)].sort()).toEqual([...listed].sort());
  });

  it('of Google Cloud holds the calls the inventory is paced by', () => {
    const made = sources('gcp').flatMap((text) =>
      [...text.matchAll(/quota\('([^']+)'\)/g)].map(([, call = '']) => call),
    );
    const listed = REQUIRED_PERMISSIONS.map(({ call }) => call);
    expect([...new Set(made)].sort()).toEqual([...listed].sort());
  });

  it('of Azure covers every provider a path of the inventory names', () => {
    const text = sources('azure').join('\n');
    for (const { call } of REQUIRED_ACTIONS) expect(text).toContain(call);
    const named = [...text.matchAll(/\/providers\/(Microsoft\.\w+\/\w+)/g)].map(
      ([, name = '']) => name,
    );
    for (const name of named) expect(REQUIRED_ACTIONS.map(({ call }) => call)).toContain(name);
  });

  it('of Kubernetes holds every address the inventory asks by name, and no other', () => {
    const named = sources('kubernetes').flatMap((text) =>
      [...text.matchAll(/'(\/(?:api|apis|version)(?:\/[\w./-]+)?)'/g)].map(([, one = '']) => one),
    );
    const listed = REQUIRED_RULES.flatMap(({ calls }) => [...calls]).filter((call) =>
      call.startsWith('/'),
    );
    expect([...new Set(named)].sort()).toEqual([...listed].sort());
  });
});
