import { describe, expect, it } from '@jest/globals';
import { readIgnoreFile } from './read-ignore-file.js';

const shape = (content: string, file: string) =>
  readIgnoreFile(content, file).map(({ types, ids, addresses, paths, actors, negated }) => ({
    types,
    ids,
    addresses,
    paths,
    actors,
    negated,
  }));
const none = { types: [], ids: [], addresses: [], paths: [], actors: [], negated: false };

describe('readIgnoreFile', () => {
  it('reads .driftignore: types, ids, fields, escapes, comments and negation', () => {
    const content = [
      '# by hand',
      'aws_iam_user.tfc-demo',
      'aws_s3_bucket.* # all of them',
      'aws_route53_record.my\\.zone',
      'aws_thing.back\\\\slash\\.dot.tags.example\\.org/team',
      'aws_instance.*.tags.Name',
      '*',
      '!aws_s3_bucket',
    ].join('\n');
    expect(shape(content, 'infra/.driftignore')).toEqual([
      { ...none, types: ['aws_iam_user'], ids: ['tfc-demo'] },
      { ...none, types: ['aws_s3_bucket'] },
      { ...none, types: ['aws_route53_record'], ids: ['my.zone'] },
      {
        ...none,
        types: ['aws_thing'],
        ids: ['back\\slash.dot'],
        paths: ['tags.["example.org/team"]'],
      },
      { ...none, types: ['aws_instance'], paths: ['tags.Name'] },
      none,
      { ...none, types: ['aws_s3_bucket'], negated: true },
    ]);
  });

  it('reads .tfdriftignore: addresses with wildcards and the attribute behind them', () => {
    const content =
      'aws_autoscaling_group.*.desired_capacity\n*.tags\naws_instance.bastion\nmodule.a.aws_instance.b.ami\n';
    expect(shape(content, '.tfdriftignore')).toEqual([
      { ...none, addresses: ['aws_autoscaling_group.*'], paths: ['desired_capacity'] },
      { ...none, paths: ['tags'] },
      { ...none, addresses: ['aws_instance.bastion'] },
      { ...none, addresses: ['module.a.aws_instance.b'], paths: ['ami'] },
    ]);
  });

  it('reads ignoreDifferences of an Argo CD Application', () => {
    const content = `
apiVersion: argoproj.io/v1alpha1
kind: Application
spec:
  ignoreDifferences:
    - group: apps
      kind: Deployment
      jsonPointers: [/spec/replicas]
    - kind: ConfigMap
      jqPathExpressions: ['.data["a.b"]', '.items[].name', '.items[] | select(.name == "web") | .image']
      managedFieldsManagers: [kube-controller-manager]
`;
    expect(shape(content, 'app.yaml')).toEqual([
      { ...none, types: ['Deployment'], addresses: ['apps/*/*/*'], paths: ['/spec/replicas'] },
      {
        ...none,
        types: ['ConfigMap'],
        paths: ['data["a.b"]', 'items.*.name', 'items[name=web].image'],
      },
      { ...none, types: ['ConfigMap'], actors: ['kube-controller-manager'] },
    ]);
  });

  it('reads its own rules', () => {
    const content =
      'rules:\n  - name: scaled\n    types: aws_autoscaling_group\n    paths: [desired_capacity]\n';
    expect(shape(content, 'ignore.yaml')).toEqual([
      { ...none, types: ['aws_autoscaling_group'], paths: ['desired_capacity'] },
    ]);
  });

  it.each([
    ['a key nobody knows', 'rules:\n  - typ: x\n', 'ignore.yaml: rules[0]: "typ" is not a key'],
    ['a rule for everything', 'rules:\n  - name: x\n', 'would silence everything'],
    [
      'a computed jq place',
      'ignoreDifferences:\n  - kind: A\n    jqPathExpressions: [".a | length"]\n',
      'computes a place',
    ],
    ['broken YAML', 'rules: [\n', 'ignore.yaml'],
    ['no rules at all', 'hello: world\n', 'holds no ignore rules'],
  ])('refuses %s, saying where', (_, content, message) => {
    expect(() => readIgnoreFile(content, 'ignore.yaml')).toThrow(message);
  });
});
