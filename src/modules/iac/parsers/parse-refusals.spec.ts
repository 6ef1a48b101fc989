import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import type { ParseOptions } from './parse-options.js';
import { documentOf, parse, recordsOf } from './testdata/documents.js';
import { pretty, state, stateResource } from './testdata/terraform.js';

const OLD = '{"version": 3, "serial": 1, "modules": []}';
const ENCRYPTED =
  '{"serial":1,"lineage":"x","meta":{},"encrypted_data":"AA","encryption_version":"v0"}';
const zip = (name: string): Buffer =>
  Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(26), Buffer.from(name)]);

const CASES: [what: string, content: string | Uint8Array, code: string, message: RegExp][] = [
  ['an empty file', '', 'EMPTY_FILE', /the file is empty/],
  ['only white space', ' \n\n', 'EMPTY_FILE', /the file is empty/],
  ['state version 3', OLD, 'STATE_VERSION', /line 1, byte 12.*version 3 .*Terraform 0\.12/],
  ['a newer state', '{"version":5,"lineage":"x"}', 'STATE_VERSION', /version 5 is newer/],
  ['no version', '{"lineage":"x","resources":[]}', 'STATE_VERSION', /no "version": 4/],
  ['an encrypted state', ENCRYPTED, 'STATE_ENCRYPTED', /tofu show -json/],
  ['a saved plan', zip('tfplan'), 'BINARY_PLAN', /terraform show -json PLANFILE/],
  ['a zip archive', zip('a.txt'), 'ARCHIVE', /zip archive/],
  ['gzip', Buffer.from([0x1f, 0x8b, 8, 0]), 'ARCHIVE', /gunzip/],
  ['a binary', Buffer.from('\u007fELF\u0000\u0000'), 'BINARY', /byte 4.*binary/],
  ['UTF-16', Buffer.from('\ufeff{"version":4}', 'utf16le'), 'UTF16', /iconv -f UTF-16/],
  ['Latin-1', Buffer.from('apiVersion: v1\nkind: \xe9\n', 'latin1'), 'NOT_UTF8', /not UTF-8/],
  ['Terraform source', 'resource "a_b" "c" {\n}\n', 'HCL_SOURCE', /terraform state pull/],
  ['variables', '# mine\nregion = "x"\n', 'TFVARS', /declare no resource/],
  ['a printed plan', 'Terraform will perform the following', 'HUMAN_PLAN', /-out=PLANFILE/],
  ['a plan log', '{"@level":"info","@message":"x"}', 'PLAN_LOG', /terraform show -json/],
  ['an ARM template', '{"$schema":"x","contentVersion":"1"}', 'ARM_TEMPLATE', /not read yet/],
  ['other JSON', '{"name":"x","version":"1.0.0"}', 'UNRECOGNISED', /no Terraform state/],
  ['other YAML', 'replicas: 1\n', 'UNRECOGNISED', /no Terraform state/],
  ['a kustomization', 'resources:\n- a.yaml\n', 'KUSTOMIZATION', /kubectl kustomize/],
  ['a plan of a later format', '{"format_version":"2.0"}', 'SHOW_VERSION', /version 2\.0 is newer/],
];

describe('documents that are refused', () => {
  it.each(CASES)('%s', async (_what, content, code, message) => {
    await expect(parse(content)).rejects.toMatchObject({
      name: 'DomainError',
      kind: 'invalid',
      code: `IAC.${code}`,
      message: expect.stringMatching(message),
      details: { file: 'file' },
    });
  });

  it('says where a cut-off state ends', async () => {
    const text = pretty(state([stateResource(), stateResource({ name: 'b' })])).slice(0, 500);
    await expect(parse(text)).rejects.toMatchObject({
      code: 'IAC.JSON_TRUNCATED',
      details: { file: 'file', line: text.split('\n').length, byte: 500 },
    });
  });

  it.each([
    ['pretty', pretty],
    ['minified', (value: Parameters<typeof pretty>[0]) => JSON.stringify(value)],
  ])('says where a damaged state stops being JSON (%s)', async (_layout, print) => {
    const damaged = print(state([stateResource(), stateResource({ name: 'bb' })])).replace(
      /"name": ?"bb",/,
      '"name" "bb",',
    );
    await expect(parse(damaged)).rejects.toMatchObject({
      code: 'IAC.JSON_SYNTAX',
      message: expect.stringContaining('expected ":"'),
      details: { byte: damaged.indexOf('"bb"') },
    });
  });

  it('never quotes the content', async () => {
    const secret = 'hunter2hunter2';
    const text = `{"version":4,"lineage":"x","resources":[{"mode":"managed" "${secret}"}]}`;
    const error = await parse(text).catch((thrown: unknown) => thrown);
    expect(JSON.stringify([error, String(error)])).not.toContain(secret);
  });

  it.each<[string, string, ParseOptions]>([
    ['a state as manifests', pretty(state([])), { kind: 'kubernetes' }],
    ['a state as a plan', '{"format_version":"1.0","values":{}}', { kind: 'terraform-plan' }],
    ['a plan as a state', '{"format_version":"1.0","prior_state":{}}', { kind: 'terraform-state' }],
    ['manifests as a template', 'apiVersion: v1\nkind: Pod\n', { kind: 'cloudformation' }],
  ])('holds the user to what they said it is: %s', async (_what, content, options) => {
    await expect(parse(content, options)).rejects.toMatchObject({ code: 'IAC.WRONG_KIND' });
  });

  it('refuses what has to be read as a whole beyond the limit, and names the way out', async () => {
    const plan = JSON.stringify({ format_version: '1.2', planned_values: {}, x: 'x'.repeat(2000) });
    await expect(parse(plan, { maxDocumentBytes: 1000 })).rejects.toMatchObject({
      code: 'IAC.DOCUMENT_TOO_LARGE',
      message: expect.stringContaining('terraform state pull'),
    });
  });

  it.each([
    ['JSON', `{"apiVersion":"v1","kind":"A","x":${'['.repeat(9000)}${']'.repeat(9000)}}`],
    ['YAML', `apiVersion: v1\nkind: A\nx: ${'['.repeat(9000)}${']'.repeat(9000)}`],
    [
      'state',
      JSON.stringify(state([stateResource({}, { attributes: { deep: 'HERE' } })])).replace(
        '"HERE"',
        '['.repeat(9000) + ']'.repeat(9000),
      ),
    ],
  ])('refuses bottomless %s', async (_what, content) => {
    await expect(parse(content)).rejects.toMatchObject({ code: 'IAC.TOO_DEEP' });
  });

  it('reports a stream that breaks, and stops when it is told to', async () => {
    const broken = {
      name: 'file',
      size: null,
      open: () =>
        Promise.resolve(
          new Readable({
            read() {
              this.destroy(new Error('EIO'));
            },
          }),
        ),
    };
    await expect(recordsOf(broken)).rejects.toMatchObject({
      code: 'IAC.READ_FAILED',
      kind: 'unavailable',
    });
    const reason = new Error('stop');
    const aborted = AbortSignal.abort(reason);
    await expect(recordsOf(documentOf(pretty(state([]))), {}, aborted)).rejects.toBe(reason);
  });

  it('takes off a UTF-8 byte order mark', async () => {
    const { resources } = await parse(`\ufeff${pretty(state([stateResource()]))}`);
    expect(resources).toHaveLength(1);
  });
});
