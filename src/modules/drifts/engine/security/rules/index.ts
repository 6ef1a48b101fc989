import type { SecuritySense } from '../../findings.js';
import { onScale } from '../scales.js';
import { turned } from '../sense.js';
import { amountChanged } from './amounts.js';
import { clearSecret } from './clear-secret.js';
import { administratorRole, attachment, everybodyGranted, wildcardGrant } from './grants.js';
import { capabilities, hostAccess, rootUser, serviceReach } from './pod-security.js';
import { recordedKinds, removedProtection } from './removed-protection.js';
import type { SecurityRule } from './rule.js';
import { switchTurned } from './switches.js';
import { tellingWords, unrestricted } from './telling-words.js';
import { clearProtocol, tlsVersion } from './transport.js';
import { addressRange, worldOpen } from './world-open.js';

/** A setting with a known ladder of choices went down or up. */
const scaleStep: SecurityRule = (turn): SecuritySense | undefined => {
  const step = onScale(turn);
  if (step === undefined) return undefined;
  const isAccess = /acl|public|container_access|default_action|pod_security/.test(turn.path);
  const severity = isAccess
    ? 'critical'
    : /log|read_write|object_ownership/.test(turn.path)
      ? 'medium'
      : 'high';
  return turned(
    step < 0,
    severity,
    step < 0 ? 'A weaker choice than before.' : 'A stronger choice than before.',
  );
};

/** Asked in order for each setting; the first that speaks wins. */
export const SECURITY_RULES: readonly SecurityRule[] = [
  capabilities,
  hostAccess,
  rootUser,
  serviceReach,
  everybodyGranted,
  administratorRole,
  wildcardGrant,
  addressRange,
  worldOpen,
  tlsVersion,
  scaleStep,
  tellingWords,
  switchTurned,
  amountChanged,
  recordedKinds,
  clearProtocol,
  removedProtection,
  clearSecret,
  unrestricted,
  attachment,
];
