import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { IgnoreRule } from '../../src/modules/drifts/engine/index.js';
import { readIgnoreFile } from '../../src/modules/drifts/ignore-rules/index.js';
import { parseHcl } from '../../src/modules/drifts/ignore-rules/lifecycle/hcl.js';
import { ignoreChangesIn } from '../../src/modules/drifts/ignore-rules/lifecycle/ignore-changes.js';

const guide = readFileSync(path.resolve(import.meta.dirname, '../../docs/ignore-rules.md'), 'utf8');

/** The named examples of the guide, by file name. */
const examples = new Map(
  [...guide.matchAll(/^```\w+ (\S+)\n(.*?)^```$/gms)].map(([, name = '', content = '']) => [
    name,
    content,
  ]),
);

async function rulesOf(name: string): Promise<IgnoreRule[]> {
  const content = examples.get(name) ?? '';
  return name.endsWith('.tf')
    ? ignoreChangesIn(await parseHcl(content, name), name, [])
    : readIgnoreFile(content, name);
}

describe('the guide to ignore rules', () => {
  it('shows every format', () => {
    expect([...examples.keys()]).toEqual([
      'driftguard-ignore.yaml',
      '.driftignore',
      '.tfdriftignore',
      'argo-application.yaml',
      'main.tf',
    ]);
  });

  it.each<[string, readonly object[]]>([
    [
      'driftguard-ignore.yaml',
      [
        { paths: ['desired_capacity', 'DesiredCapacity'] },
        { tags: { team: 'sandbox-*' }, paths: [] },
        { providers: ['kubernetes'], actors: ['cert-manager-certificates-issuing'] },
        { ids: ['export-*'], silences: ['unmanaged'] },
      ],
    ],
    [
      '.driftignore',
      [
        { types: ['aws_iam_role'], ids: ['legacy-*'], paths: [] },
        { types: ['aws_s3_bucket'], ids: [], paths: ['tags.LastScan'] },
        { ids: ['legacy-admin'], negated: true },
      ],
    ],
    [
      '.tfdriftignore',
      [
        { addresses: ['aws_autoscaling_group.*'], paths: ['desired_capacity'] },
        { addresses: [], paths: ['tags_all'] },
        { addresses: ['module.web.aws_instance.bastion'], paths: [] },
      ],
    ],
    [
      'argo-application.yaml',
      [
        { types: ['Deployment'], paths: ['/spec/replicas'] },
        { actors: ['keda-operator'] },
        { paths: ['spec.template.spec.containers.*.image'] },
      ],
    ],
    ['main.tf', [{ paths: ['desired_capacity', 'tags["LastScan"]'] }]],
  ])('says of %s what the reader makes of it', async (name, expected) => {
    expect(await rulesOf(name)).toMatchObject([...expected]);
  });
});
