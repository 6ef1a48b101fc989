import { verify } from 'otplib';

const PERIOD_SECONDS = 30;

/**
 * The time step of a code of an authenticator app (RFC 6238); null for a wrong one. The current code is taken, the one before and the
 * next (5.2), and none that is as old as `lastStep`, the last one that was taken.
 */
export async function totpStep(
  secret: string,
  code: string,
  lastStep: number,
): Promise<number | null> {
  const token = code.replaceAll(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return null;
  const now = Math.floor(Date.now() / 1000);
  const newest = Math.floor(now / PERIOD_SECONDS) + 1;
  const result = await verify({
    secret,
    token,
    epoch: now,
    epochTolerance: PERIOD_SECONDS,
    afterTimeStep: Math.min(lastStep, newest),
  });
  return result.valid && 'timeStep' in result ? result.timeStep : null;
}
