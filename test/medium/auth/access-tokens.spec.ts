import {
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  randomUUID,
  sign as signBytes,
  verify as verifyBytes,
} from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EntityManager } from '@mikro-orm/core';
import { KEY_RING, type KeyRing, openEnvelope } from '../../../src/core/crypto/index.js';
import { SigningKey } from '../../../src/core/auth/index.js';
import { SigningKeys } from '../../../src/core/auth/tokens/signing-keys.js';
import type { TestOrganization } from '../../factories/organization.factory.js';
import { TestContext } from '../../support/test-context.js';

const ME = '/api/v1/auth/me';
const DAY_MS = 24 * 3_600_000;

interface Claims {
  readonly sub: string;
  readonly org: string;
  readonly sid: string;
}

describe('access tokens', () => {
  let test: TestContext;
  let acme: TestOrganization;
  let kid: string;
  let token: string;
  let claims: Claims;
  let key: KeyObject;
  let publicKey: JsonWebKey;

  beforeAll(async () => {
    test = await TestContext.open();
    acme = await test.newOrganization();
    token = await (await test.newUser(acme)).login();
    const [head = '', body = ''] = token.split('.').map((part) => fromBase64(part));
    ({ kid } = JSON.parse(head) as { kid: string });
    claims = JSON.parse(body) as Claims;
    const row = await test.get(EntityManager).fork().findOneOrFail(SigningKey, { kid });
    const envelope = { keyVersion: row.key_version, wrapped: row.wrapped_key, sealed: row.sealed };
    const ring = test.app.get<KeyRing>(KEY_RING, { strict: false });
    const secret = await openEnvelope(ring, envelope, `signing_keys/${kid}`);
    key = createPrivateKey({ key: JSON.parse(secret) as JsonWebKey, format: 'jwk' });
    publicKey = row.public_jwk;
  });

  afterAll(() => test.close());

  const me = async (bearer: string) => (await test.request(bearer, 'GET', ME)).status;
  /** What we would sign, with something changed; written by hand, without the library under test. */
  const sign = (
    changes: { header?: object; claims?: object; key?: KeyObject; hash?: string | null } = {},
  ): string => {
    const now = Math.floor(Date.now() / 1000);
    const head = { alg: 'ES256', typ: 'at+jwt', kid, ...changes.header };
    const { sub, org, sid } = claims;
    const body = { sub, org, sid, iss: 'driftguard', aud: 'driftguard-api', iat: now };
    const payload = { ...body, exp: now + 300, ...changes.claims };
    const text = `${base64(JSON.stringify(head))}.${base64(JSON.stringify(payload))}`;
    const hash = changes.hash === undefined ? 'sha256' : changes.hash;
    const signer = { key: changes.key ?? key, dsaEncoding: 'ieee-p1363' } as const;
    return `${text}.${signBytes(hash, Buffer.from(text), signer).toString('base64url')}`;
  };

  it('are verified by anybody with the published keys, which hold nothing secret', async () => {
    const answer = await test.request(null, 'GET', '/.well-known/jwks.json');
    expect(answer.headers['cache-control']).toBe('public, max-age=300');
    const { keys } = answer.body as unknown as { keys: (JsonWebKey & { kid: string })[] };
    const found = keys.find((one) => one.kid === kid);
    expect(found).toMatchObject({ kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig' });
    expect(keys.some((one) => 'd' in one)).toBe(false);
    const published = createPublicKey({ key: found ?? {}, format: 'jwk' });
    const [head = '', body = '', signature = ''] = token.split('.');
    const verifier = { key: published, dsaEncoding: 'ieee-p1363' } as const;
    const signed = Buffer.from(`${head}.${body}`);
    const bytes = Buffer.from(signature, 'base64url');
    expect(verifyBytes('sha256', signed, verifier, bytes)).toBe(true);
    const payload = JSON.parse(fromBase64(body)) as Claims & Record<'iat' | 'exp', number>;
    expect(payload).toMatchObject({ org: acme.id, iss: 'driftguard', aud: 'driftguard-api' });
    expect(payload.exp - payload.iat).toBe(900);
    expect(JSON.parse(fromBase64(head))).toEqual({ alg: 'ES256', typ: 'at+jwt', kid });
  });

  it('are taken when they are ours: the control of the cases below', async () => {
    expect(await me(sign())).toBe(200);
  });

  it('are refused without a signature, and with the public key as a shared secret', async () => {
    const body = base64(JSON.stringify(claims));
    for (const alg of ['none', 'None', 'NONE']) {
      const head = base64(JSON.stringify({ alg, typ: 'at+jwt', kid }));
      expect(await me(`${head}.${body}.`)).toBe(401);
    }
    const head = base64(JSON.stringify({ alg: 'HS256', typ: 'at+jwt', kid }));
    const pem = createPublicKey({ key: publicKey, format: 'jwk' })
      .export({ type: 'spki', format: 'pem' })
      .toString();
    for (const secret of [publicKey.x ?? '', JSON.stringify(publicKey), pem, pem.trim()]) {
      const mac = createHmac('sha256', secret).update(`${head}.${body}`).digest('base64url');
      expect(await me(`${head}.${body}.${mac}`)).toBe(401);
    }
  });

  it('are refused when somebody else signed them, whatever their header says', async () => {
    const foreign = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const jwk = foreign.publicKey.export({ format: 'jwk' });
    for (const header of [{}, { kid: randomUUID() }, { kid: '../../etc/passwd' }, { jwk }]) {
      expect(await me(sign({ key: foreign.privateKey, header }))).toBe(401);
    }
    for (const header of [{ kid: undefined }, { kid: null }, { kid: randomUUID() }]) {
      expect(await me(sign({ header }))).toBe(401);
    }
  });

  it('are refused with another algorithm than ours, by our key or a foreign one', async () => {
    expect(await me(sign({ header: { alg: 'ES384' }, hash: 'sha384' }))).toBe(401);
    expect(await me(sign({ header: { alg: 'RS256' } }))).toBe(401);
    const edwards = generateKeyPairSync('ed25519');
    expect(await me(sign({ header: { alg: 'EdDSA' }, key: edwards.privateKey, hash: null }))).toBe(
      401,
    );
    expect(await me(sign({ key: edwards.privateKey, hash: null }))).toBe(401);
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
    expect(await me(sign({ header: { alg: 'RS256' }, key: rsa.privateKey }))).toBe(401);
  });

  it('are refused late, for another audience, and as another kind of token', async () => {
    expect(await me(sign({ claims: { exp: Math.floor(Date.now() / 1000) - 1 } }))).toBe(401);
    expect(await me(sign({ claims: { aud: 'another-api' } }))).toBe(401);
    expect(await me(sign({ header: { typ: 'JWT' } }))).toBe(401);
    expect(await me(sign({ claims: { sid: 7 } }))).toBe(401);
    expect(await me(sign({ claims: { iss: 'somebody' } }))).toBe(401);
    // Without an end.
    expect(await me(sign({ claims: { exp: undefined } }))).toBe(401);
  });

  it('open no session of another organization or another user, even with our signature', async () => {
    const other = await test.newOrganization();
    const stranger = await (await test.newUser(other)).login();
    const theirs = JSON.parse(fromBase64(stranger.split('.')[1] ?? '')) as Claims;
    expect(await me(sign({ claims: { org: theirs.org } }))).toBe(401);
    expect(await me(sign({ claims: { sid: theirs.sid } }))).toBe(401);
    expect(await me(sign({ claims: { org: theirs.org, sid: theirs.sid } }))).toBe(401);
  });

  it('are signed by a new key when its time comes, and the old ones go on until they expire', async () => {
    const keys = test.get(SigningKeys);
    const due = Date.now() + 30 * DAY_MS;
    // The next key is published some minutes ahead, by the first process that notices.
    expect((await keys.signer(due - 5 * 60_000)).kid).toBe(kid);
    const published = await keys.jwks(due - 5 * 60_000);
    expect(published.keys).toHaveLength(2);
    const next = await keys.signer(due + 10 * 60_000);
    expect(next.kid).not.toBe(kid);
    expect(await keys.verifier(kid, due + 10 * 60_000)).not.toBeNull();
    expect(await keys.verifier(kid, due + DAY_MS)).toBeNull();
    expect(await keys.verifier(next.kid, due + DAY_MS)).not.toBeNull();
  });

  it('are signed with keys that rest sealed', async () => {
    const rows = await test.get(EntityManager).fork().find(SigningKey, {});
    for (const row of rows) {
      expect(Object.keys(row.public_jwk)).not.toContain('d');
      expect(row.sealed.toString('latin1')).not.toContain('"d"');
    }
  });
});

function base64(text: string): string {
  return Buffer.from(text).toString('base64url');
}

function fromBase64(text: string): string {
  return Buffer.from(text, 'base64url').toString();
}
