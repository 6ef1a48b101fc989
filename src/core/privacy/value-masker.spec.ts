import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../providers/index.js';
import { parsePropertyPath } from './property-path.js';
import { isSecretKey, isSecretText } from './secret-recognition.js';
import { ValueMasker } from './value-masker.js';

const masker = new ValueMasker((value) => `h${value.length}`);
const mask = (value: JsonObject, paths: string[] = [], type = 'aws_instance'): JsonObject =>
  masker.maskObject(value, { paths, type });

describe('ValueMasker', () => {
  it('masks what the source calls sensitive, with everything below it', () => {
    const value = { a: { b: [{ c: 'x', d: 'y' }] }, 'k.z': { deep: [1, 2] }, open: 'shown' };
    expect(mask(value, ['a.b[0].c', '["k.z"]'])).toEqual({
      a: { b: [{ c: { $sensitive: 'h1' }, d: 'y' }] },
      'k.z': { $sensitive: 'h14' },
      open: 'shown',
    });
  });

  it('takes a star for any index or key', () => {
    expect(mask({ list: [{ v: 'a' }, { v: 'b' }] }, ['list[*].v'])).toEqual({
      list: [{ v: { $sensitive: 'h1' } }, { v: { $sensitive: 'h1' } }],
    });
  });

  it('knows secrets by the names of keys and of environment variables', () => {
    const value = {
      db_password: 'p',
      environment: [
        { name: 'API_TOKEN', value: 'abc' },
        { name: 'REGION', value: 'eu' },
      ],
      password_policy: 'strict',
      manage_master_user_password: true,
    };
    expect(mask(value)).toEqual({
      db_password: { $sensitive: 'h1' },
      environment: [
        { name: 'API_TOKEN', value: { $sensitive: 'h3' } },
        { name: 'REGION', value: 'eu' },
      ],
      password_policy: 'strict',
      manage_master_user_password: true,
    });
  });

  it('looks inside JSON kept as text, and keeps the text when nothing is secret', () => {
    const policy = '{ "Statement": [] }';
    const containers = '[{"environment":[{"name":"DB_PASSWORD","value":"canary"}]}]';
    const masked = mask({ policy, container_definitions: containers });
    expect(masked.policy).toBe(policy);
    expect(JSON.stringify(masked)).not.toContain('canary');
  });

  it('masks a Kubernetes Secret as a whole, and its copy in the annotation', () => {
    const masked = mask(
      {
        metadata: {
          name: 'db',
          annotations: {
            'kubectl.kubernetes.io/last-applied-configuration': '{"data":{"p":"Y2FuYXJ5"}}',
          },
        },
        data: { p: 'Y2FuYXJ5' },
      },
      [],
      'Secret',
    );
    expect(JSON.stringify(masked)).not.toContain('Y2FuYXJ5');
    expect(JSON.stringify(masked)).toContain('"name":"db"');
  });

  it('does not mask twice and leaves what tells nothing', () => {
    const once = mask({ password: 'x', token: '', secret: null }, []);
    expect(once).toEqual({ password: { $sensitive: 'h1' }, token: '', secret: null });
    expect(mask(once, ['password'])).toEqual(once);
  });

  it('keeps a key named __proto__ as data', () => {
    const value = JSON.parse('{"__proto__":{"password":"x"}}') as JsonObject;
    expect(JSON.stringify(mask(value))).toBe('{"__proto__":{"password":{"$sensitive":"h1"}}}');
  });
});

describe('maskValue', () => {
  it('masks by its key, by what is known around it, and inside', () => {
    const found = new Set<string>();
    const value = { env: [{ name: 'DB_PASSWORD', value: 'canary-1' }], other: 'shown' };
    masker.maskObject(value, { paths: [], type: 'x', found });
    expect([...found]).toEqual(['canary-1']);
    const options = { key: 'value', sensitive: false, secrets: found };
    expect(masker.maskValue('canary-1', options)).toEqual({ $sensitive: 'h8' });
    expect(masker.maskValue(['canary-1', 'shown'], options)).toEqual([
      { $sensitive: 'h8' },
      'shown',
    ]);
    expect(masker.maskValue('x', { key: 'password', sensitive: false })).toEqual({
      $sensitive: 'h1',
    });
    expect(masker.maskValue('x', { key: 'name', sensitive: true })).toEqual({ $sensitive: 'h1' });
    expect(masker.maskText('was canary-1, is now other', found)).toBe(
      'was (sensitive), is now other',
    );
  });
});

describe('secret recognition', () => {
  it.each([
    'password',
    'MasterUserPassword',
    'client_secret',
    'clientSecret',
    'primary_access_key',
    'DB_PASSWD',
    'connectionString',
    'private_key',
    'GITHUB_TOKEN',
  ])('%s names a secret', (key) => expect(isSecretKey(key)).toBe(true));

  it.each([
    'password_length',
    'secret_arn',
    'public_key',
    'kms_key_id',
    'nextToken',
    'automountServiceAccountToken',
    'token_endpoint',
    'monkey',
  ])('%s does not', (key) => expect(isSecretKey(key)).toBe(false));

  it.each([
    '-----BEGIN RSA PRIVATE KEY-----\nMIIE',
    'postgres://app:s3cr3t@db.internal/app',
    'DefaultEndpointsProtocol=https;AccountKey=abcdefgh;',
    `ghp_${'a1'.repeat(18)}`,
    `glpat-${'a1'.repeat(10)}`,
    `xoxb-${'1a'.repeat(12)}`,
    `sk_live_${'a1'.repeat(12)}`,
    `hvs.${'a1'.repeat(12)}`,
    `AIza${'a1'.repeat(17)}b`,
    `eyJ${'a1'.repeat(8)}.eyJ${'b2'.repeat(8)}.${'c3'.repeat(8)}`,
  ])('%s is secret whatever its key', (text) => expect(isSecretText(text)).toBe(true));

  it.each(['https://example.com/a:b@c', 'arn:aws:iam::123456789012:role/app', 'user@example.com'])(
    '%s is not',
    (text) => expect(isSecretText(text)).toBe(false),
  );
});

describe('parsePropertyPath', () => {
  it('reads keys, indexes, quoted keys and wildcards', () => {
    expect(parsePropertyPath('a.b[0]["c.d\\"e"].f[*]')).toEqual(['a', 'b', 0, 'c.d"e', 'f', '*']);
    expect(parsePropertyPath('')).toEqual([]);
  });
});
