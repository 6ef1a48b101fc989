import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EntityManager } from '@mikro-orm/core';
import {
  type CryptoKey,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  jwtVerify,
  SignJWT,
} from 'jose';
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
  let key: CryptoKey;
  let publicKey: JWK;

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
    key = (await importJWK(JSON.parse(secret) as JWK, 'EdDSA')) as CryptoKey;
    publicKey = row.public_jwk;
  });

  afterAll(() => test.close());

  const me = async (bearer: string) => (await test.request(bearer, 'GET', ME)).status;
  /** What we would sign, with something changed. */
  const sign = (
    changes: { header?: object; claims?: object; key?: CryptoKey; aud?: string; exp?: string } = {},
  ) =>
    new SignJWT({ org: claims.org, sid: claims.sid, ...changes.claims })
      .setProtectedHeader({ alg: 'EdDSA', typ: 'at+jwt', kid, ...changes.header })
      .setSubject(claims.sub)
      .setIssuer('driftguard')
      .setAudience(changes.aud ?? 'driftguard-api')
      .setIssuedAt()
      .setExpirationTime(changes.exp ?? '5 minutes')
      .sign(changes.key ?? key);

  it('are verified by anybody with the published keys, which hold nothing secret', async () => {
    const answer = await test.request(null, 'GET', '/.well-known/jwks.json');
    expect(answer.headers['cache-control']).toBe('public, max-age=300');
    const { keys } = answer.body as unknown as { keys: (JWK & { kid: string })[] };
    const found = keys.find((one) => one.kid === kid);
    expect(found).toMatchObject({ kty: 'OKP', crv: 'Ed25519', alg: 'EdDSA', use: 'sig' });
    expect(keys.some((one) => 'd' in one)).toBe(false);
    const verified = await jwtVerify(token, await importJWK(found ?? {}, 'EdDSA'), {
      issuer: 'driftguard',
      audience: 'driftguard-api',
    });
    expect(verified.payload).toMatchObject({ org: acme.id, sub: claims.sub, sid: claims.sid });
    expect((verified.payload.exp ?? 0) - (verified.payload.iat ?? 0)).toBe(900);
  });

  it('are taken when they are ours: the control of the cases below', async () => {
    expect(await me(await sign())).toBe(200);
  });

  it('are refused without a signature, and with the public key as a shared secret', async () => {
    const body = base64(JSON.stringify({ ...claims, iss: 'driftguard', aud: 'driftguard-api' }));
    for (const alg of ['none', 'None', 'NONE']) {
      const head = base64(JSON.stringify({ alg, typ: 'at+jwt', kid }));
      expect(await me(`${head}.${body}.`)).toBe(401);
    }
    const head = base64(JSON.stringify({ alg: 'HS256', typ: 'at+jwt', kid }));
    for (const secret of [publicKey.x ?? '', JSON.stringify(publicKey)]) {
      const mac = createHmac('sha256', secret).update(`${head}.${body}`).digest('base64url');
      expect(await me(`${head}.${body}.${mac}`)).toBe(401);
    }
  });

  it('are refused when somebody else signed them, whatever their header says', async () => {
    const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
    const jwk = await exportJWK(pair.publicKey);
    for (const header of [{}, { kid: randomUUID() }, { kid: '../../etc/passwd' }, { jwk }]) {
      expect(await me(await sign({ key: pair.privateKey, header }))).toBe(401);
    }
    const rsa = await generateKeyPair('ES256');
    expect(await me(await sign({ key: rsa.privateKey, header: { alg: 'ES256' } }))).toBe(401);
  });

  it('are refused late, for another audience, and as another kind of token', async () => {
    expect(await me(await sign({ exp: '-1 second' }))).toBe(401);
    expect(await me(await sign({ aud: 'another-api' }))).toBe(401);
    expect(await me(await sign({ header: { typ: 'JWT' } }))).toBe(401);
    expect(await me(await sign({ claims: { sid: 7 } }))).toBe(401);
  });

  it('open no session of another organization or another user, even with our signature', async () => {
    const other = await test.newOrganization();
    const stranger = await (await test.newUser(other)).login();
    const theirs = JSON.parse(fromBase64(stranger.split('.')[1] ?? '')) as Claims;
    expect(await me(await sign({ claims: { org: theirs.org } }))).toBe(401);
    expect(await me(await sign({ claims: { sid: theirs.sid } }))).toBe(401);
    expect(await me(await sign({ claims: { org: theirs.org, sid: theirs.sid } }))).toBe(401);
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
