import { createHash, randomBytes, randomUUIDv7 } from 'node:crypto';
import { UniqueConstraintViolationException } from '@mikro-orm/core';
import { EntityManager } from '@mikro-orm/postgresql';
import { Inject, Injectable } from '@nestjs/common';
import { generateSecret, generateURI } from 'otplib';
import { KEY_RING, type KeyRing, openEnvelope, sealEnvelope } from '../../crypto/index.js';
import { totpStep } from '../two-factor/totp.js';
import { OperatorAccount } from './operator.entity.js';
import { operatorErrors } from './operators.errors.js';

/** Who runs the installation: nobody's user, with a token and a second factor of their own. */
export interface Operator {
  readonly name: string;
  readonly ip: string;
  readonly correlationId: string;
}

/** What an operator proves to be one with; shown once. */
export interface OperatorCredentials {
  readonly name: string;
  readonly token: string;
  /** Of the authenticator app, in base32. */
  readonly secret: string;
  readonly uri: string;
}

export type OperatorStanding = Pick<OperatorAccount, 'name' | 'created_at' | 'disabled_at'>;

const NAME = /^[A-Za-z0-9._@-]{1,60}$/;
const PREFIX = 'dgo_';
const SECRET_BYTES = 32;

/** The operators of the installation, made on the command line. Without any, nobody gets in where `@OperatorOnly()` stands. */
@Injectable()
export class Operators {
  constructor(
    @Inject(KEY_RING) private readonly ring: KeyRing,
    private readonly em: EntityManager,
  ) {}

  /** @throws DomainError `OPERATOR.NAME_INVALID`, `OPERATOR.EXISTS` */
  async create(name: string): Promise<OperatorCredentials> {
    if (!NAME.test(name)) throw operatorErrors.nameInvalid(name);
    const { credentials, fields } = await this.#newCredentials(name, randomUUIDv7());
    try {
      await this.em.fork().insert(OperatorAccount, { name, ...fields });
    } catch (error) {
      if (error instanceof UniqueConstraintViolationException) throw operatorErrors.exists(name);
      throw error;
    }
    return credentials;
  }

  /** Another token and second factor; those before are refused at once. Brings a disabled operator back. @throws DomainError `OPERATOR.NOT_FOUND` */
  async renew(name: string): Promise<OperatorCredentials> {
    const { id } = await this.#get(name);
    const { credentials, fields } = await this.#newCredentials(name, id);
    await this.em
      .fork()
      .nativeUpdate(OperatorAccount, { id }, { ...fields, last_step: 0, disabled_at: null });
    return credentials;
  }

  /** At once, also where a board is open. Doing it twice is fine. @throws DomainError `OPERATOR.NOT_FOUND` */
  async disable(name: string): Promise<void> {
    const { id } = await this.#get(name);
    const where = { id, disabled_at: null };
    await this.em.fork().nativeUpdate(OperatorAccount, where, { disabled_at: new Date() });
  }

  list(): Promise<OperatorStanding[]> {
    return this.em.fork().find(OperatorAccount, {}, { orderBy: { name: 'asc' } });
  }

  /** Whether there is one who is not disabled. */
  async any(): Promise<boolean> {
    return (await this.em.fork().count(OperatorAccount, { disabled_at: null })) > 0;
  }

  /** Null for a disabled one and for somebody else's token. */
  findByToken(token: string): Promise<OperatorAccount | null> {
    return this.em
      .fork()
      .findOne(OperatorAccount, { token_hash: hashOf(token), disabled_at: null });
  }

  /** Whether the credentials are still those of `tokenHash`, and not disabled. */
  async stands(id: string, tokenHash: string): Promise<boolean> {
    const where = { id, token_hash: tokenHash, disabled_at: null };
    return (await this.em.fork().count(OperatorAccount, where)) > 0;
  }

  /** Whether it is a code of the operator's app. Each works once, for one of those who send it at the same moment. */
  async takeCode(operator: OperatorAccount, code: string): Promise<boolean> {
    const { id, key_version, wrapped_key, sealed, last_step } = operator;
    const envelope = { keyVersion: key_version, wrapped: wrapped_key, sealed };
    const secret = await openEnvelope(this.ring, envelope, placeOf(id));
    const step = await totpStep(secret, code, last_step);
    if (step === null) return false;
    const where = { id, disabled_at: null, last_step: { $lt: step } };
    const taken = await this.em.fork().nativeUpdate(OperatorAccount, where, { last_step: step });
    return taken === 1;
  }

  async #get(name: string): Promise<OperatorAccount> {
    const found = await this.em.fork().findOne(OperatorAccount, { name });
    if (found === null) throw operatorErrors.notFound(name);
    return found;
  }

  async #newCredentials(name: string, id: string) {
    const token = PREFIX + randomBytes(SECRET_BYTES).toString('base64url');
    const secret = generateSecret();
    const envelope = await sealEnvelope(this.ring, secret, placeOf(id));
    const uri = generateURI({ issuer: 'DriftGuard operator', label: name, secret });
    return {
      credentials: { name, token, secret, uri } satisfies OperatorCredentials,
      fields: {
        id,
        token_hash: hashOf(token),
        key_version: envelope.keyVersion,
        wrapped_key: envelope.wrapped,
        sealed: envelope.sealed,
      },
    };
  }
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** What a sealed secret is bound to. */
function placeOf(id: string): string {
  return `operators/${id}`;
}
