import { describe, expect, it } from '@jest/globals';
import { ValueMasker } from '../../../core/privacy/index.js';
import {
  type ActualResource,
  type DeclaredResource,
  NO_SCOPE,
} from '../../../core/providers/index.js';
import type { Finding, LookedAt as Detection } from '../engine/index.js';
import { coverageType, type DraftContext, observationsOf } from './draft-drifts.js';
import type { DriftDraft } from './drift-draft.js';

const CANARY = 'canary-5b21';
const context: DraftContext = {
  environment: { id: 'env-1', criticality: 'medium' },
  masker: new ValueMasker((value) => `h${value.length}`),
  sourceOf: () => 'source-1',
};

const declared: DeclaredResource = {
  address: 'aws_db_instance.main',
  type: 'aws_db_instance',
  format: 'terraform-state-attributes',
  provider: 'aws',
  id: 'db-main',
  name: null,
  attributes: { engine: 'postgres', secret_note: CANARY, port: 5432 },
  sensitivePaths: ['secret_note'],
  unresolvedPaths: [],
  ignoredPaths: [],
  previousAddress: null,
  scope: NO_SCOPE,
  location: { file: 'terraform.tfstate', line: 12 },
  contentHash: null,
};
const actual: ActualResource = {
  type: 'AWS::RDS::DBInstance',
  format: 'aws-config',
  provider: 'aws',
  id: 'db-main',
  aliases: [],
  name: 'main',
  properties: { Engine: 'postgres', Note: CANARY, Port: 6543 },
  companions: null,
  tags: { team: 'shop' },
  scope: { accountId: '111122223333', region: 'eu-central-1', namespace: null },
  capturedAt: '2026-03-02T08:00:00.000Z',
  contentHash: null,
};
const port: Finding = {
  address: declared.address,
  path: 'port',
  actualPath: 'Port',
  verdict: 'confirmed',
  change: 'modified',
  declared: 5432,
  actual: 6543,
  rule: null,
  explanation: 'The values differ.',
  sensitive: false,
  security: null,
};

function compared(findings: readonly Finding[]): Detection {
  return {
    kind: 'compared',
    declared,
    actual,
    report: {
      address: declared.address,
      findings,
      suppressed: [],
      notCompared: [],
      declaredLeaves: 3,
      comparedLeaves: 3,
    },
  };
}

function drafts(detection: Detection): DriftDraft[] {
  return observationsOf(detection, context).flatMap((one) =>
    one.kind === 'drift' ? [one.draft] : [],
  );
}

describe('observationsOf', () => {
  it('makes one drift of a resource with all its findings', () => {
    const [draft] = drafts(compared([port, { ...port, path: 'engine', verdict: 'potential' }]));
    expect(draft).toMatchObject({
      drift_type: 'modified',
      verdict: 'confirmed',
      resource_type: 'aws_db_instance',
      native_type: 'AWS::RDS::DBInstance',
      resource_address: 'aws_db_instance.main',
      account_id: '111122223333',
      source_id: 'source-1',
      tags: { team: 'shop' },
      metadata: { location: { file: 'terraform.tfstate', line: 12 } },
    });
    expect(draft?.changes.map((change) => change.property_path)).toEqual(['port', 'engine']);
  });

  it('holds no secret: not in the states, the changes or the explanations', () => {
    const found = drafts(
      compared([
        {
          ...port,
          path: 'secret_note',
          actualPath: 'Note',
          declared: '(sensitive)',
          actual: '(sensitive)',
          sensitive: true,
        },
        { ...port, path: 'url', declared: CANARY, actual: ['x', CANARY] },
        { ...port, explanation: `It was ${CANARY} before.` },
      ]),
    );
    expect(JSON.stringify(found)).not.toContain(CANARY);
    expect(found[0]?.changes[0]?.declared_value).toEqual({ $sensitive: `h${CANARY.length}` });
  });

  it('sees that a secret changed, though it never shows it', () => {
    const sensitive = { ...port, path: 'secret_note', actualPath: 'Note', sensitive: true };
    const [before] = drafts(compared([sensitive]));
    const later = compared([sensitive]);
    const [after] = drafts({
      ...later,
      actual: { ...actual, properties: { ...actual.properties, Note: 'another secret' } },
    } as Detection);
    expect(after?.fingerprint).toBe(before?.fingerprint);
    expect(after?.differences_hash).not.toBe(before?.differences_hash);
  });

  it('tells a move apart from a modification of the same resource', () => {
    const found = drafts(compared([port, { ...port, path: '', change: 'moved' }]));
    expect(found.map((draft) => draft.drift_type)).toEqual(['moved', 'modified']);
    expect(found[0]?.changes[0]?.change_type).toBe('modified');
  });

  it('makes no drift of what nobody can tell, and keeps one that was open', () => {
    const observations = observationsOf(compared([{ ...port, verdict: 'unverifiable' }]), context);
    const [modified] = drafts(compared([port]));
    expect(observations).toEqual([{ kind: 'unseen', fingerprint: modified?.fingerprint }]);
    expect(observationsOf(compared([]), context)).toEqual([]);
  });

  it('keeps every drift of a resource that was not read', () => {
    const unread = observationsOf(
      { kind: 'unread', declared, reason: 'denied', move: null },
      context,
    );
    const [deleted] = drafts({ kind: 'missing', declared, security: null });
    expect(unread.map(({ kind }) => kind)).toEqual(['unseen', 'unseen', 'unseen']);
    expect(unread).toContainEqual({ kind: 'unseen', fingerprint: deleted?.fingerprint });
  });

  it('says that an unread resource moved, when the code does', () => {
    const move: Finding = { ...port, path: '', change: 'moved', declared: 'new', actual: 'old' };
    const found = observationsOf({ kind: 'unread', declared, reason: 'denied', move }, context);
    expect(found.map(({ kind }) => kind)).toEqual(['unseen', 'unseen', 'drift']);
    const [moved] = drafts({ kind: 'unread', declared, reason: 'denied', move });
    expect(moved).toMatchObject({ drift_type: 'moved', metadata: { previous_address: 'old' } });
  });

  it('calls a missing resource deleted and an undeclared one added', () => {
    expect(drafts({ kind: 'missing', declared, security: null })).toMatchObject([
      { drift_type: 'deleted', actual_state: null, verdict: 'confirmed' },
    ]);
    const classification = { class: 'unmanaged', reason: null } as const;
    expect(drafts({ kind: 'unmanaged', actual, classification, security: null })).toMatchObject([
      { drift_type: 'added', declared_state: null, resource_address: null, source_id: null },
    ]);
    const child = { class: 'child', reason: 'owned by ReplicaSet/x' } as const;
    expect(
      observationsOf({ kind: 'unmanaged', actual, classification: child, security: null }, context),
    ).toEqual([]);
  });
});

describe('the security of a whole resource', () => {
  it('makes the loss of a protection critical and says why', () => {
    const security = {
      critical: true,
      direction: 'weakened',
      severity: 'critical',
      reason: 'The audit trail is gone.',
    } as const;
    const [lost] = drafts({ kind: 'missing', declared, security });
    const [plain] = drafts({ kind: 'missing', declared, security: null });
    expect(lost).toMatchObject({ is_security_critical: true });
    expect(lost?.risk_assessment).toMatchObject({
      level: 'critical',
      security_reason: security.reason,
    });
    expect(lost?.severity_score).toBeGreaterThan(plain?.severity_score ?? 1);
    expect(plain?.is_security_critical).toBe(false);
  });
});

describe('coverageType', () => {
  it('is what coverage calls the type', () => {
    expect(coverageType(actual)).toBe('AWS::RDS::DBInstance');
    const live = { ...actual, format: 'k8s-live', id: 'apps/v1/Deployment/shop/web' } as const;
    expect(coverageType(live)).toBe('apps/v1/Deployment');
  });
});
