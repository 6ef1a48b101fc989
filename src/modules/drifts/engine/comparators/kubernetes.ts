import type { Comparator } from '../comparator.js';
import { aggregatedRole } from './aggregated-role.js';
import { autoscalerBand } from './autoscaler-band.js';
import { controllerBookkeeping } from './controller-bookkeeping.js';
import { emptyOrAbsent } from './empty-or-absent.js';
import { envReferences } from './env-references.js';
import { fieldOwnership } from './field-ownership.js';
import { goDuration } from './go-duration.js';
import { injectedSidecar } from './injected-sidecar.js';
import { injectedWebhook } from './injected-webhook.js';
import { jsonDocument } from './json-document.js';
import { kubernetesAbsence } from './kubernetes-absence.js';
import { kubernetesIdentity } from './kubernetes-identity.js';
import { kubernetesQuantity } from './kubernetes-quantity.js';
import { kubernetesVerbatim } from './kubernetes-verbatim.js';
import { podAdditions } from './pod-additions.js';
import { podAdmission } from './pod-admission.js';
import { redacted } from './redacted.js';
import { scalarSpelling } from './scalar-spelling.js';
import { serverDefault } from './server-default.js';
import { trafficShift } from './traffic-shift.js';
import { trustedManager } from './trusted-manager.js';

/** Text is text in this API: only in a secret does a marker stand for a value that is not shown. */
const redactedSecret: Comparator = {
  name: redacted.name,
  rule: (declared, actual, field) =>
    field.facts.sensitive === true && declared !== undefined && actual !== undefined
      ? redacted.rule(declared, actual, field)
      : undefined,
};

/**
 * What is asked under the Kubernetes lens, and nothing else: spellings that other APIs take for equal are changes here,
 * because the API server keeps what it was sent.
 */
export const KUBERNETES_COMPARATORS: readonly Comparator[] = [
  kubernetesAbsence,
  redactedSecret,
  envReferences,
  kubernetesQuantity,
  goDuration,
  kubernetesIdentity,
  serverDefault,
  controllerBookkeeping,
  autoscalerBand,
  aggregatedRole,
  injectedWebhook,
  injectedSidecar,
  podAdmission,
  podAdditions,
  trafficShift,
  trustedManager,
  fieldOwnership,
  kubernetesVerbatim,
  emptyOrAbsent,
  scalarSpelling,
  jsonDocument,
];
