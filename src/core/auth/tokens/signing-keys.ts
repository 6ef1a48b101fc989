import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type JsonWebKey,
  type KeyObject,
  randomUUID,
} from 'node:crypto';
import { promisify } from 'node:util';
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable } from '@nestjs/common';
import { Config } from '../../config/index.js';
import { KEY_RING, type KeyRing, openEnvelope, sealEnvelope } from '../../crypto/index.js';
import { Logger } from '../../logging/index.js';
import { SigningKey } from './signing-key.entity.js';
import { nextKeyStart, verifiableAt } from './key-schedule.js';

/** The only algorithm that tokens are signed and accepted with: ECDSA over P-256 with SHA-256 (RFC 7518, 3.4). */
export const TOKEN_ALGORITHM = 'ES256';
const CURVE = 'P-256';
/** How long a process trusts what it read; a key that was taken out of the table is refused after this. */
const CACHE_MS = 60_000;
/** Tokens with unknown keys must not become a way to make us ask the database all the time. */
const RELOAD_PAUSE_MS = 5000;
/** Only one process makes the next key. */
const ROTATION_LOCK = 4_711_002;

const makeKeyPair = promisify(generateKeyPair);

interface Loaded {
  readonly at: number;
  readonly keys: readonly SigningKey[];
}

export interface Signer {
  readonly kid: string;
  readonly key: KeyObject;
}

/** A public key as the JWKS shows it (RFC 7517). */
export interface PublishedKey {
  readonly kid: string;
  readonly kty: string;
  readonly crv: string;
  readonly x: string;
  readonly y: string;
  readonly alg: string;
  readonly use: 'sig';
}

/** The key pairs that sign access tokens: made, sealed, rotated and published here. Shared by all processes through the database. */
@Injectable()
export class SigningKeys {
  readonly #rotationMs: number;
  readonly #public = new Map<string, string>();
  #loaded: Loaded = { at: 0, keys: [] };
  #signer: Signer | null = null;

  constructor(
    config: Config,
    @Inject(KEY_RING) private readonly ring: KeyRing,
    private readonly em: EntityManager,
    private readonly logger: Logger,
  ) {
    this.#rotationMs = config.get('SIGNING_KEY_DAYS') * 24 * 3_600_000;
  }

  /** The key that signs now. Makes the first one, and the next one before it is due. */
  async signer(now = Date.now()): Promise<Signer> {
    await this.#load(CACHE_MS, now);
    if (nextKeyStart(this.#loaded.keys, this.#rotationMs, now) !== null) {
      await this.#rotate(now);
    }
    const current = this.#loaded.keys.findLast((one) => one.signs_from.getTime() <= now);
    if (current === undefined) throw new Error('there is no signing key');
    if (this.#signer?.kid !== current.kid) {
      this.#signer = { kid: current.kid, key: await this.#openPrivate(current) };
    }
    return this.#signer;
  }

  /** The public key of this id as PEM; null for an unknown one and for one whose tokens have all expired. */
  async verifier(kid: string, now = Date.now()): Promise<string | null> {
    await this.#load(CACHE_MS, now);
    if (!this.#loaded.keys.some((one) => one.kid === kid)) await this.#load(RELOAD_PAUSE_MS, now);
    const found = verifiableAt(this.#loaded.keys, now).find((one) => one.kid === kid);
    if (found === undefined) return null;
    const known = this.#public.get(kid);
    if (known !== undefined) return known;
    const jwk = found.public_jwk as JsonWebKey;
    const key = createPublicKey({ key: jwk, format: 'jwk' })
      .export({ type: 'spki', format: 'pem' })
      .toString();
    this.#public.set(kid, key);
    return key;
  }

  /** What `/.well-known/jwks.json` answers: every key a valid token may carry now or soon. */
  async jwks(now = Date.now()): Promise<{ keys: PublishedKey[] }> {
    await this.signer(now);
    return { keys: verifiableAt(this.#loaded.keys, now).map(publishedOf) };
  }

  async #load(maxAgeMs: number, now: number): Promise<void> {
    if (now - this.#loaded.at < maxAgeMs && this.#loaded.keys.length > 0) return;
    const keys = await this.em.fork().find(SigningKey, {}, { orderBy: { signs_from: 'asc' } });
    this.#remember(keys, now);
  }

  #remember(keys: readonly SigningKey[], now: number): void {
    const usable = keys.filter(isUsable);
    this.#loaded = { at: now, keys: usable };
    const known = new Set(usable.map((one) => one.kid));
    for (const kid of this.#public.keys()) if (!known.has(kid)) this.#public.delete(kid);
    if (this.#signer !== null && !known.has(this.#signer.kid)) this.#signer = null;
  }

  /** Under a lock, and looked at again: another process may have made the key meanwhile. */
  async #rotate(now: number): Promise<void> {
    const keys = await this.em.fork().transactional(async (em) => {
      await em.execute('select pg_advisory_xact_lock(?)', [ROTATION_LOCK]);
      const existing = await em.find(SigningKey, {}, { orderBy: { signs_from: 'asc' } });
      const candidates = existing.filter(isUsable);
      const start = nextKeyStart(candidates, this.#rotationMs, now);
      if (start === null) return candidates;
      const usable = verifiableAt(candidates, now);
      for (const old of existing) if (!usable.includes(old)) em.remove(old);
      const made = await this.#make(new Date(start));
      em.persist(made);
      return [...usable, made];
    });
    this.#remember(keys, now);
    this.logger.write('info', 'the signing keys were rotated', { keys: keys.length });
  }

  async #make(signsFrom: Date): Promise<SigningKey> {
    const kid = randomUUID();
    const pair = await makeKeyPair('ec', { namedCurve: CURVE });
    const secret = JSON.stringify(pair.privateKey.export({ format: 'jwk' }));
    const { keyVersion, wrapped, sealed } = await sealEnvelope(this.ring, secret, placeOf(kid));
    return Object.assign(new SigningKey(), {
      kid,
      signs_from: signsFrom,
      public_jwk: pair.publicKey.export({ format: 'jwk' }),
      key_version: keyVersion,
      wrapped_key: wrapped,
      sealed,
    });
  }

  async #openPrivate(key: SigningKey): Promise<KeyObject> {
    const envelope = { keyVersion: key.key_version, wrapped: key.wrapped_key, sealed: key.sealed };
    const secret = await openEnvelope(this.ring, envelope, placeOf(key.kid));
    return createPrivateKey({ key: JSON.parse(secret) as JsonWebKey, format: 'jwk' });
  }
}

function placeOf(kid: string): string {
  return `signing_keys/${kid}`;
}

/** A key of another algorithm, from before, neither signs nor verifies; the next rotation deletes it. */
function isUsable(key: SigningKey): boolean {
  return key.public_jwk.crv === CURVE;
}

function publishedOf({ kid, public_jwk }: SigningKey): PublishedKey {
  // What node:crypto exported for a P-256 key.
  const { kty, crv, x, y } = public_jwk as Record<'kty' | 'crv' | 'x' | 'y', string>;
  return { kid, kty, crv, x, y, alg: TOKEN_ALGORITHM, use: 'sig' };
}
