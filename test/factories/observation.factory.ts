import { randomUUIDv7 } from 'node:crypto';
import { differencesHash, driftFingerprint } from '../../src/modules/drifts/drift-fingerprint.js';
import type { DriftDraft, Observation } from '../../src/modules/drifts/settle/drift-draft.js';
import type { TestEnvironment } from './environment.factory.js';

type Fields = Partial<DriftDraft> & {
  readonly address?: string | null;
  /** The live value of the one change; another value is another difference. */
  readonly actualValue?: string;
};

/** What a scan of a bucket with public reading switched on would observe. */
export function newObservation(
  environment: TestEnvironment,
  sourceId: string | null,
  { address = 'aws_s3_bucket.logs', actualValue = 'public-read', ...fields }: Fields = {},
): Extract<Observation, { kind: 'drift' }> {
  const drift_type = fields.drift_type ?? (address === null ? 'added' : 'modified');
  const resource_id = fields.resource_id ?? address ?? 'logs-1';
  const change = {
    id: randomUUIDv7(),
    property_path: 'acl',
    actual_path: 'AccessControl',
    declared_value: 'private',
    actual_value: actualValue,
    change_type: 'modified',
    verdict: 'confirmed',
    is_security_critical: true,
    rule: null,
    explanation: 'The values differ.',
    security_reason: 'Everybody can read it.',
    attribution: null,
  } as const;
  const changes = drift_type === 'modified' ? [change] : [];
  const draft: DriftDraft = {
    id: randomUUIDv7(),
    fingerprint: driftFingerprint({
      environmentId: environment.id,
      driftType: drift_type,
      sourceId,
      address,
      resourceType: 'AWS::S3::Bucket',
      resourceId: resource_id,
      accountId: '111122223333',
      region: 'eu-central-1',
    }),
    drift_type,
    verdict: 'confirmed',
    source_id: sourceId,
    provider: 'aws',
    resource_type: address === null ? 'AWS::S3::Bucket' : 'aws_s3_bucket',
    native_type: 'AWS::S3::Bucket',
    resource_id,
    resource_address: address,
    account_id: '111122223333',
    region: 'eu-central-1',
    namespace: null,
    actual_state: { AccessControl: actualValue },
    declared_state: address === null ? null : { acl: 'private' },
    differences_hash: differencesHash(
      changes.map((one) => ({
        propertyPath: one.property_path,
        changeType: one.change_type,
        declaredValue: one.declared_value,
        actualValue: one.actual_value,
      })),
    ),
    is_security_critical: changes.length > 0,
    severity_score: 0.7,
    confidence_score: 0.95,
    risk_assessment: { method: 'rules' },
    tags: {},
    metadata: {},
    attribution: null,
    changes,
    ...fields,
  };
  return { kind: 'drift', draft };
}
