import { Inject, Injectable } from '@nestjs/common';
import { KEY_RING, type KeyRing, openEnvelope } from '../../crypto/index.js';
import { type AttemptLimit, AttemptLimiter } from '../../redis/index.js';
import { authErrors } from '../auth.errors.js';
import { readRecoveryCode, recoveryCodeHash } from './recovery-codes.js';
import { totpStep } from './totp.js';
import { type FactorOwner, type FactorState, TwoFactorStore } from './two-factor-store.js';

/** How a second factor was proven; part of the method of a session. */
export type SecondFactorKind = 'totp' | 'recovery_code';

const MAX_FAILURES = 10;
const WINDOW_SECONDS = 15 * 60;

/** Checks codes, each of which works once. */
@Injectable()
export class SecondFactor {
  constructor(
    @Inject(KEY_RING) private readonly ring: KeyRing,
    private readonly store: TwoFactorStore,
    private readonly limiter: AttemptLimiter,
  ) {}

  /**
   * A code of the app or a recovery code of a user with a confirmed factor.
   *
   * @throws DomainError `AUTH.WRONG_CODE` whatever was wrong, `AUTH.TOO_MANY_CODES`
   */
  async prove(owner: FactorOwner, code: string): Promise<SecondFactorKind> {
    return this.#counted(owner, async () => {
      const factor = await this.store.find(owner);
      if (factor?.confirmedAt == null) return null;
      if (await this.#takeTotp(owner, factor, code)) return 'totp';
      const recovery = readRecoveryCode(code);
      if (recovery === null) return null;
      const hash = recoveryCodeHash(owner.userId, recovery);
      return (await this.store.takeRecoveryCode(owner, hash)) ? 'recovery_code' : null;
    });
  }

  /** The first code of the app, which makes a begun factor count. */
  async confirm(owner: FactorOwner, factor: FactorState, code: string): Promise<void> {
    await this.#counted(owner, async () =>
      (await this.#takeTotp(owner, factor, code)) ? 'totp' : null,
    );
  }

  /** Counted before they are checked, so that parallel guesses do not slip through. */
  async #counted<T>(owner: FactorOwner, check: () => Promise<T | null>): Promise<T> {
    const limit = limitOf(owner);
    if (!(await this.limiter.take([limit]))) throw authErrors.tooManyCodes();
    const proven = await check();
    if (proven === null) throw authErrors.wrongCode();
    await this.limiter.forget(limit);
    return proven;
  }

  /** Once: of two requests with the same code only one is told true. */
  async #takeTotp(owner: FactorOwner, factor: FactorState, code: string): Promise<boolean> {
    const secret = await openEnvelope(this.ring, factor, placeOf(owner.organizationId, factor.id));
    const step = await totpStep(secret, code, factor.lastStep);
    return step !== null && this.store.takeStep(owner, factor.id, step);
  }
}

/** What a sealed secret is bound to. */
export function placeOf(organizationId: string, id: string): string {
  return `${organizationId}/two_factors/${id}`;
}

function limitOf({ organizationId, userId }: FactorOwner): AttemptLimit {
  return {
    name: 'second-factor',
    who: [organizationId, userId],
    max: MAX_FAILURES,
    windowSeconds: WINDOW_SECONDS,
  };
}
