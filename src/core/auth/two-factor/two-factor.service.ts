import { randomUUIDv7 } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { generateSecret, generateURI } from 'otplib';
import { toDataURL } from 'qrcode';
import type { TenantContext } from '../../context/index.js';
import { KEY_RING, type KeyRing, sealEnvelope } from '../../crypto/index.js';
import { authErrors } from '../auth.errors.js';
import { OwnPassword } from '../passwords/own-password.js';
import { SessionStore } from '../sessions/session-store.js';
import { newRecoveryCodes, recoveryCodeHash } from './recovery-codes.js';
import { placeOf, SecondFactor } from './second-factor.js';
import { type FactorOwner, TwoFactorStore } from './two-factor-store.js';

const ISSUER = 'DriftGuard';

/** What an authenticator app needs; shown once. */
export interface Enrolment {
  /** Base32, for typing. */
  readonly secret: string;
  readonly uri: string;
  /** The URI as a picture: `data:image/png;base64,…`. */
  readonly qrCode: string;
}

export interface TwoFactorStatus {
  readonly enabled: boolean;
  readonly confirmedAt: Date | null;
  readonly recoveryCodesLeft: number;
}

/** The second factor of the own account, and its loss. */
@Injectable()
export class TwoFactorService {
  constructor(
    @Inject(KEY_RING) private readonly ring: KeyRing,
    private readonly store: TwoFactorStore,
    private readonly factor: SecondFactor,
    private readonly password: OwnPassword,
    private readonly sessions: SessionStore,
  ) {}

  async status(context: TenantContext): Promise<TwoFactorStatus> {
    const owner = ownerOf(context);
    const confirmedAt = (await this.store.find(owner))?.confirmedAt ?? null;
    const recoveryCodesLeft = await this.store.countRecoveryCodes(owner);
    return { enabled: confirmedAt !== null, confirmedAt, recoveryCodesLeft };
  }

  /**
   * A new secret, which counts when its first code is confirmed. `password` null for a session that was not opened with
   * one (single sign-on).
   *
   * @throws DomainError `AUTH.TWO_FACTOR_ENABLED`, `AUTH.WRONG_CURRENT_PASSWORD`
   */
  async enrol(
    context: TenantContext,
    sessionId: string,
    password: string | null,
  ): Promise<Enrolment> {
    const owner = ownerOf(context);
    const session = await this.sessions.find(owner.organizationId, sessionId);
    if (session?.method.startsWith('password') !== false) {
      await this.password.check(context, password ?? '');
    }
    const id = randomUUIDv7();
    const secret = generateSecret();
    const sealed = await sealEnvelope(this.ring, secret, placeOf(owner.organizationId, id));
    if (!(await this.store.begin(owner, id, sealed))) throw authErrors.twoFactorEnabled();
    const uri = generateURI({ issuer: ISSUER, label: context.actor.name, secret });
    return { secret, uri, qrCode: await toDataURL(uri) };
  }

  /**
   * The first code makes the factor count. Answers the recovery codes; the session counts as stepped up.
   *
   * @throws DomainError `AUTH.TWO_FACTOR_NOT_BEGUN`, `AUTH.TWO_FACTOR_ENABLED`, `AUTH.WRONG_CODE`
   */
  async confirm(context: TenantContext, sessionId: string, code: string): Promise<string[]> {
    const owner = ownerOf(context);
    const begun = await this.store.find(owner);
    if (begun === null) throw authErrors.twoFactorNotBegun();
    if (begun.confirmedAt !== null) throw authErrors.twoFactorEnabled();
    await this.factor.confirm(owner, begun, code);
    await this.sessions.stepUp(owner.organizationId, sessionId);
    return this.regenerateRecoveryCodes(context);
  }

  /** Ten new ones; the old ones are refused from then on. */
  async regenerateRecoveryCodes(context: TenantContext): Promise<string[]> {
    const owner = ownerOf(context);
    if ((await this.store.find(owner))?.confirmedAt == null) throw authErrors.twoFactorNotBegun();
    const codes = newRecoveryCodes();
    await this.store.replaceRecoveryCodes(
      owner,
      codes.map((code) => recoveryCodeHash(owner.userId, code)),
    );
    return codes;
  }

  /** @throws DomainError `AUTH.WRONG_CODE` */
  async stepUp(context: TenantContext, sessionId: string, code: string): Promise<void> {
    const owner = ownerOf(context);
    await this.factor.prove(owner, code);
    await this.sessions.stepUp(owner.organizationId, sessionId);
  }

  /** @throws DomainError `AUTH.WRONG_CODE`, `AUTH.WRONG_CURRENT_PASSWORD` */
  async disable(
    context: TenantContext,
    sessionId: string,
    proof: { readonly password: string | null; readonly code: string },
  ): Promise<void> {
    const owner = ownerOf(context);
    const session = await this.sessions.find(owner.organizationId, sessionId);
    if (session?.method.startsWith('password') !== false) {
      await this.password.check(context, proof.password ?? '');
    }
    await this.factor.prove(owner, proof.code);
    await this.store.remove(owner);
  }

  /**
   * For who lost the app and the recovery codes. The caller answers for it, audits it, and makes sure that the user is
   * one of `context`'s organization. Ends the user's sessions; answers whether there was a factor.
   */
  async reset(context: TenantContext, userId: string): Promise<boolean> {
    const removed = await this.store.remove({ organizationId: context.organizationId, userId });
    await this.sessions.endAllOf(context.organizationId, userId, 'revoked');
    return removed;
  }
}

function ownerOf(context: TenantContext): FactorOwner {
  if (context.actor.id === null) throw new Error('only a user has a second factor');
  return { organizationId: context.organizationId, userId: context.actor.id };
}
