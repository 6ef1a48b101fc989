import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DomainError } from '../../../../core/errors/index.js';
import { documentOf, parse, parseOne, recordsOf } from '../testdata/documents.js';

const CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\n';

function configMap(rest: string): string {
  return `${CONFIG}data:\n${rest.replaceAll(/^/gm, '  ')}\n`;
}

async function data(rest: string): Promise<unknown> {
  return (await parseOne(configMap(rest))).attributes.data;
}

describe('manifests', () => {
  it('reads documents one after the other, with their lines', async () => {
    const text = `# Source: chart/a.yaml
---
# nothing here
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
spec:
  replicas: 2
---
${CONFIG}...
---
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: reader }
`;
    const { resources, notices } = await parse(text);
    expect(notices).toEqual([]);
    expect(resources).toMatchObject([
      {
        address: 'apps/v1/Deployment/shop/web',
        type: 'Deployment',
        format: 'k8s-manifest',
        provider: 'kubernetes',
        id: 'apps/v1/Deployment/shop/web',
        name: 'web',
        attributes: { spec: { replicas: 2 } },
        scope: { namespace: 'shop' },
        location: { line: 5 },
      },
      { address: 'v1/ConfigMap//a', location: { line: 13 } },
      { address: 'rbac.authorization.k8s.io/v1/ClusterRole//reader', scope: { namespace: null } },
    ]);
  });

  it.each([
    [
      'a List in YAML',
      `apiVersion: v1\nkind: List\nitems:\n- ${CONFIG.replaceAll('\n', '\n  ')}\n`,
      4,
    ],
    [
      'a typed list of the API in JSON',
      '{"kind":"ConfigMapList","apiVersion":"v1","metadata":{},\n"items":[\n{"metadata":{"name":"a"}}]}',
      3,
    ],
    ['one object in JSON', '{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}}', 1],
  ])('takes apart %s', async (_what, text, line) => {
    const resource = await parseOne(text);
    expect(resource).toMatchObject({ address: 'v1/ConfigMap//a', location: { line } });
    expect(resource.attributes).toMatchObject({ apiVersion: 'v1', kind: 'ConfigMap' });
  });

  it('puts objects into the default namespace only when they live in one', async () => {
    const crd = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: { name: a.acme.io }
spec: { group: acme.io, scope: Namespaced, names: { kind: Known } }
`;
    const objects = ['v1 ConfigMap', 'v1 Namespace', 'acme.io/v1 Known', 'acme.io/v1 Unknown'];
    const text = objects.map((object) => {
      const [apiVersion = '', kind = ''] = object.split(' ');
      return `---\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: x }\n`;
    });
    const { resources } = await parse(`${crd}${text.join('')}`, { defaultNamespace: 'shop' });
    expect(resources.map(({ address }) => address)).toEqual([
      'apiextensions.k8s.io/v1/CustomResourceDefinition//a.acme.io',
      'v1/ConfigMap/shop/x',
      'v1/Namespace//x',
      'acme.io/v1/Known/shop/x',
      'acme.io/v1/Unknown//x',
    ]);
    expect(resources[1]?.attributes.metadata).toEqual({ name: 'x' });
  });

  it('marks the content of Secrets', async () => {
    const text = `apiVersion: v1
kind: Secret
metadata:
  name: s
  annotations: { kubectl.kubernetes.io/last-applied-configuration: "{}" }
data: { tls.crt: Zm9v }
`;
    expect((await parseOne(text)).sensitivePaths).toEqual([
      'data',
      'stringData',
      'metadata.annotations["kubectl.kubernetes.io/last-applied-configuration"]',
    ]);
  });

  it('explains what it leaves out', async () => {
    const hook = CONFIG.replace('name: a', 'name: h\n  annotations: { helm.sh/hook: pre-install }');
    const crd = CONFIG.replace('name: a', 'name: c\n  annotations: { helm.sh/hook: crd-install }');
    const generated = CONFIG.replace('name: a', 'generateName: job-');
    const nameless = CONFIG.replace('name: a', 'labels: {}');
    const text = [hook, crd, generated, nameless, CONFIG, CONFIG, 'just: data\n'].join('---\n');
    const { resources, notices } = await parse(text);
    expect(resources.map(({ name }) => name)).toEqual(['c', 'a']);
    expect(notices.map(({ code }) => code)).toEqual([
      'K8S.HOOK',
      'K8S.GENERATED_NAME',
      'K8S.NO_NAME',
      'K8S.DECLARED_TWICE',
      'K8S.NOT_AN_OBJECT',
    ]);
  });

  it('hashes each object by its own text', async () => {
    const other = CONFIG.replace('name: a', 'name: b');
    const hashes = async (...texts: string[]): Promise<unknown[]> =>
      (await parse(texts.join('---\n'))).resources.map(({ contentHash }) => contentHash);
    const [a, b] = await hashes(CONFIG, other);
    expect(await hashes(other, `# moved\n${CONFIG}`)).toEqual([b, a]);
    expect(a).not.toBe(b);
  });

  it.each([
    ['a value', CONFIG.replace('name: a', 'name: {{ .Values.name }}'), 4],
    ['a block', `{{- if .Values.on }}\n${CONFIG}{{- end }}\n`, 1],
  ])('asks for rendered manifests: %s', async (_what, text, line) => {
    await expect(parse(text)).rejects.toMatchObject({
      code: 'IAC.NOT_RENDERED',
      message: expect.stringContaining('helm template'),
      details: { line },
    });
  });

  it('leaves expressions inside texts alone', async () => {
    expect(await data('a: "{{ $labels.pod }}"\nb: |\n  {{ x }}')).toEqual({
      a: '{{ $labels.pod }}',
      b: '{{ x }}\n',
    });
  });

  it('names the line of a mistake', async () => {
    await expect(parse(`${CONFIG}data:\n\ta: b\n`)).rejects.toMatchObject({
      code: 'IAC.YAML_SYNTAX',
      details: { line: 6 },
    });
    await expect(parse(`---\n${CONFIG}---\nx: [1\n`)).rejects.toMatchObject({
      code: 'IAC.YAML_SYNTAX',
    });
  });
});

describe('YAML', () => {
  it.each<[string, unknown]>([
    ['a: 0644', { a: 420 }],
    ['a: 0o17', { a: 15 }],
    ['a: 0x1F', { a: 31 }],
    ['a: 1_000', { a: 1000 }],
    ['a: yes\nb: off\nc: y', { a: true, b: false, c: true }],
    ['a: "yes"\nb: \'0644\'', { a: 'yes', b: '0644' }],
    ['a: 12:30:45\nb: 2026-01-02', { a: '12:30:45', b: '2026-01-02' }],
    ['a: ~\nb:\nc: null', { a: null, b: null, c: null }],
    ['a: 1.50\nb: 1e3\nc: .5\nd: .inf', { a: 1.5, b: 1000, c: 0.5, d: '.inf' }],
    ['a: 12345678901234567890', { a: '12345678901234567890' }],
    ['a: !!str 12\nb: !!int "7"', { a: '12', b: 7 }],
    ['a: !!binary aGk=', { a: 'hi' }],
    ['on: 1\n8080: 2', { true: 1, '8080': 2 }],
    ['a: &x { b: 1 }\nc: *x', { a: { b: 1 }, c: { b: 1 } }],
    ['a: &x { b: 1, c: 2 }\nd: { <<: *x, c: 3 }', { a: { b: 1, c: 2 }, d: { b: 1, c: 3 } }],
    ['a: |-\n  x\n  y\nb: >\n  x\n  y', { a: 'x\ny', b: 'x y\n' }],
  ])('%j', async (rest, value) => {
    expect(await data(rest)).toEqual(value);
  });

  it('keeps the last of two equal keys, and says so', async () => {
    const { resources, notices } = await parse(configMap('a: 1\na: 2'));
    expect(resources[0]?.attributes.data).toEqual({ a: 2 });
    expect(notices).toMatchObject([{ code: 'K8S.DUPLICATE_KEY', location: { line: 7 } }]);
  });

  it('drops prototype keys', async () => {
    const value = await data('__proto__: { polluted: 1 }\nconstructor: x');
    expect(Object.keys(value as object)).toEqual(['constructor']);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('refuses aliases that multiply or run in circles', async () => {
    const level = (name: string, of: string): string => `${name}: &${name} [${of}]\n`;
    const bomb =
      level('a', 'x,x,x,x,x,x,x,x,x,x') +
      ['b', 'c', 'd', 'e', 'f', 'g']
        .map((name, index) =>
          level(
            name,
            Array(10)
              .fill(`*${'abcdef'.charAt(index)}`)
              .join(','),
          ),
        )
        .join('');
    await expect(parse(CONFIG + bomb)).rejects.toMatchObject({ code: 'IAC.YAML_ALIASES' });
    await expect(parse(`${CONFIG}a: &a [*a]\n`)).rejects.toMatchObject({ code: 'IAC.TOO_DEEP' });
    await expect(parse(`${CONFIG}a: *nowhere\n`)).rejects.toMatchObject({
      code: 'IAC.YAML_SYNTAX',
    });
  });

  it('answers damaged manifests with a DomainError or with records, never otherwise', async () => {
    const text = `${configMap('a: "x"\nb: &b {c: [1, 2]}\nd: *b\ne: |\n  text')}---\n${CONFIG}`;
    const pieces = [
      '',
      '"',
      '{',
      '}',
      '&a ',
      '*a',
      '- ',
      ': ',
      '\n---\n',
      '\t',
      '!!x ',
      '<<: ',
      '? ',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.nat(text.length),
        fc.constantFrom(...pieces),
        fc.nat(6),
        async (at, inserted, removed) => {
          const damaged = text.slice(0, at) + inserted + text.slice(at + removed);
          const outcome = await recordsOf(documentOf(damaged)).catch((error: unknown) => error);
          expect(outcome instanceof DomainError || Array.isArray(outcome)).toBe(true);
        },
      ),
      { numRuns: 400 },
    );
  });
});
