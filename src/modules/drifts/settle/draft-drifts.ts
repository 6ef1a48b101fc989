import { randomUUIDv7 } from 'node:crypto';
import type { ValueMasker } from '../../../core/privacy/index.js';
import type {
  ActualResource,
  Attribution,
  DeclaredResource,
  JsonObject,
} from '../../../core/providers/index.js';
import { type DriftType, type DriftVerdict, DRIFT_VERDICTS } from '../drift-choices.js';
import { differencesHash, driftFingerprint } from '../drift-fingerprint.js';
import {
  driftSeverity,
  type EnvironmentCriticality,
  VERDICT_CONFIDENCE,
} from '../drift-severity.js';
import {
  declaredMove,
  type Detection,
  type Finding,
  type LookedAt,
  RENAMED,
  REPLACED,
  type SecuritySense,
} from '../engine/index.js';
import { attributeByState, latestOf } from '../attribution/attribute-by-state.js';
import { draftChange } from './draft-changes.js';
import type { ChangeDraft, DriftDraft, Observation } from './drift-draft.js';

export interface DraftContext {
  readonly environment: { readonly id: string; readonly criticality: EnvironmentCriticality };
  readonly masker: ValueMasker;
  /** The source a declared resource came from. */
  sourceOf(declared: DeclaredResource): string;
}

interface Subject {
  readonly declared: DeclaredResource | null;
  readonly actual: ActualResource | null;
  /** What the loss or existence of the whole resource means for security. */
  readonly security?: SecuritySense | null;
}

/**
 * What one detection says about the drifts of its resource. Differences nobody can tell from what could be read are no
 * drift of their own; they go along with one, and alone they keep what was open before.
 */
export function observationsOf(detection: LookedAt, context: DraftContext): Observation[] {
  switch (detection.kind) {
    case 'compared':
      return comparedObservations(detection, context);
    case 'missing':
      return [
        drift(
          'deleted',
          { declared: detection.declared, actual: null, security: detection.security },
          [],
          context,
        ),
      ];
    case 'unread':
      return unreadObservations(detection, context);
    case 'unmanaged':
      // A child of something managed, or what the provider made by itself, is no news.
      if (detection.classification.class !== 'unmanaged') return [];
      return [
        drift(
          'added',
          { declared: null, actual: detection.actual, security: detection.security },
          [],
          context,
        ),
      ];
  }
}

/** The move a plan names of a resource its refresh found unchanged; empty when it names none. */
export function moveOnly(declared: DeclaredResource, context: DraftContext): Observation[] {
  const move = declaredMove(declared);
  return move === null ? [] : [drift('moved', { declared, actual: null }, [move], context)];
}

/** What nobody looked at keeps its drifts; that it moved is said by the code itself. */
function unreadObservations(
  { declared, move }: Extract<Detection, { kind: 'unread' }>,
  context: DraftContext,
): Observation[] {
  const subject = { declared, actual: null };
  const unread = (['modified', 'deleted', 'moved'] as const)
    .filter((driftType) => driftType !== 'moved' || move === null)
    .map((driftType) => unseen(driftType, subject, context));
  return move === null ? unread : [...unread, drift('moved', subject, [move], context)];
}

function comparedObservations(
  detection: Extract<Detection, { kind: 'compared' }>,
  context: DraftContext,
): Observation[] {
  const subject = { declared: detection.declared, actual: detection.actual };
  const { findings } = detection.report;
  const moved = findings.filter(({ change }) => change === 'moved');
  const modified = findings.filter(({ change }) => change !== 'moved');
  const observations: Observation[] = [];
  for (const [driftType, own] of [
    ['moved', moved],
    ['modified', modified],
  ] as const) {
    if (own.length === 0) continue;
    const told = own.some(({ verdict }) => verdict !== 'unverifiable');
    observations.push(
      told ? drift(driftType, subject, own, context) : unseen(driftType, subject, context),
    );
  }
  return observations;
}

function unseen(driftType: DriftType, subject: Subject, context: DraftContext): Observation {
  return { kind: 'unseen', fingerprint: fingerprintOf(driftType, subject, context) };
}

function drift(
  driftType: DriftType,
  subject: Subject,
  findings: readonly Finding[],
  context: DraftContext,
): Observation {
  const { declared, actual } = subject;
  const { masker, environment } = context;
  const secrets = new Set<string>();
  const type = declared?.type ?? actual?.type ?? '';
  const paths = declared?.sensitivePaths ?? [];
  const declaredState =
    declared && masker.maskObject(declared.attributes, { paths, type, found: secrets });
  const actualState = actual && maskActual(actual, { masker, type, paths, findings, secrets });
  const changes = findings.map((finding) =>
    draftChange(finding, {
      masker,
      secrets,
      declared: declared?.attributes ?? {},
      actual,
    }),
  );
  const verdict = strongestVerdict(findings);
  const security = subject.security ?? null;
  const severity = driftSeverity({
    driftType,
    verdict,
    environment,
    changes: findings,
    security,
  });
  const scope = actual?.scope ?? declared?.scope;
  const draft: DriftDraft = {
    id: randomUUIDv7(),
    fingerprint: fingerprintOf(driftType, subject, context),
    drift_type: driftType,
    verdict,
    source_id: declared && context.sourceOf(declared),
    provider: actual?.provider ?? declared?.provider ?? 'other',
    resource_type: type,
    native_type: actual && coverageType(actual),
    resource_id: actual?.id ?? declared?.id ?? null,
    resource_address: declared?.address ?? null,
    account_id: scope?.accountId ?? null,
    region: scope?.region ?? null,
    namespace: scope?.namespace ?? null,
    actual_state: actualState,
    declared_state: declaredState,
    differences_hash: differencesHash(
      changes.map((change) => ({
        propertyPath: change.property_path,
        changeType: change.change_type,
        declaredValue: change.declared_value,
        actualValue: change.actual_value,
      })),
    ),
    is_security_critical:
      security?.critical === true || changes.some((change) => change.is_security_critical),
    severity_score: severity.score,
    confidence_score: VERDICT_CONFIDENCE[verdict],
    risk_assessment: {
      method: 'rules',
      level: severity.level,
      factors: severity.factors.map(({ factor, points }) => ({ factor, points })),
      ...(security && { security_reason: security.reason }),
    },
    tags: actual ? masker.maskObject({ ...actual.tags }, { paths: [], type: '' }) : {},
    metadata: metadataOf(subject, findings),
    attribution: attributionOf(driftType, actual, changes),
    changes,
  };
  return { kind: 'drift', draft };
}

function fingerprintOf(driftType: DriftType, subject: Subject, context: DraftContext): string {
  const { declared, actual } = subject;
  return driftFingerprint({
    environmentId: context.environment.id,
    driftType,
    sourceId: declared && context.sourceOf(declared),
    address: declared?.address ?? null,
    resourceType: declared?.type ?? actual?.type ?? '',
    resourceId: actual?.id ?? declared?.id ?? null,
    accountId: actual?.scope.accountId ?? null,
    region: actual?.scope.region ?? null,
  });
}

/** Who made the drift: of its changes the latest writer, of a resource nobody declared whoever made it. */
function attributionOf(
  driftType: DriftType,
  actual: ActualResource | null,
  changes: readonly ChangeDraft[],
): Attribution | null {
  if (driftType === 'added') return actual && attributeByState(actual, '');
  const known = changes.flatMap(({ attribution }) => (attribution === null ? [] : [attribution]));
  return latestOf(known);
}

/** The live side speaks another vocabulary, so secrets are also found by where the engine met them and by their text. */
function maskActual(
  actual: ActualResource,
  context: {
    readonly masker: ValueMasker;
    readonly type: string;
    readonly paths: readonly string[];
    readonly findings: readonly Finding[];
    readonly secrets: Set<string>;
  },
): JsonObject {
  const { masker, type, findings, secrets } = context;
  const met = findings.flatMap((finding) => (finding.sensitive ? [finding.actualPath] : []));
  const paths = [...context.paths, ...met];
  const masked = masker.maskObject(actual.properties, { paths, type, found: secrets });
  return masker.maskKnown(masked, secrets);
}

/** A drift without findings (deleted, added) is as sure as the listing that showed it. */
function strongestVerdict(findings: readonly Finding[]): DriftVerdict {
  if (findings.length === 0) return 'confirmed';
  return (
    DRIFT_VERDICTS.find((verdict) => findings.some((finding) => finding.verdict === verdict)) ??
    'unverifiable'
  );
}

/** The name coverage counts a live resource under; Kubernetes coverage says `apps/v1/Deployment`. */
export function coverageType(actual: ActualResource): string {
  if (actual.format !== 'k8s-live') return actual.type;
  return actual.id.split('/').slice(0, -2).join('/');
}

function metadataOf({ declared, actual }: Subject, findings: readonly Finding[]): JsonObject {
  const move = findings.find(({ change }) => change === 'moved');
  const previous =
    typeof move?.actual === 'string' ? move.actual : (declared?.previousAddress ?? null);
  return {
    ...(declared && { location: { file: declared.location.file, line: declared.location.line } }),
    ...(previous !== null && { previous_address: previous }),
    ...identityChange(findings),
    ...(actual?.capturedAt && { captured_at: actual.capturedAt }),
    ...(actual?.name && { name: actual.name }),
  };
}

/** Still `modified` for the specification; whether it is the object itself that became another one, or its name, is said here. */
function identityChange(findings: readonly Finding[]): JsonObject {
  const renamed = findings.find(({ rule }) => rule === RENAMED);
  if (renamed) return { identity_change: 'renamed', previous_name: renamed.declared ?? null };
  return findings.some(({ rule }) => rule === REPLACED) ? { identity_change: 'replaced' } : {};
}
