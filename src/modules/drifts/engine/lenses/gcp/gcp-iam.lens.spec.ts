import { describe, expect, it } from '@jest/globals';
import type {
  ActualResource,
  DeclaredResource,
  JsonValue,
} from '../../../../../core/providers/index.js';
import { NO_SCOPE } from '../../../../../core/providers/index.js';
import { openKnowledge } from '../../../knowledge/knowledge-shelf.js';
import { DriftDetector } from '../../index.js';

const MEMBER = 'group:analysts@brambleway.example';
const ROLE = 'roles/storage.objectViewer';

const declared: DeclaredResource = {
  address: 'google_storage_bucket_iam_member.analysts',
  type: 'google_storage_bucket_iam_member',
  format: 'terraform-state-attributes',
  provider: 'gcp',
  id: `b/archive/${ROLE}/${MEMBER}`,
  name: null,
  attributes: { bucket: 'b/archive', role: ROLE, member: MEMBER },
  sensitivePaths: [],
  unresolvedPaths: [],
  ignoredPaths: [],
  previousAddress: null,
  scope: NO_SCOPE,
  location: { file: 'terraform.tfstate', line: null },
  contentHash: null,
};

function verdicts(iamPolicy: JsonValue): string[] {
  const actual: ActualResource = {
    type: 'storage.googleapis.com/Bucket',
    format: 'gcp-cai',
    provider: 'gcp',
    id: '//storage.googleapis.com/archive',
    aliases: [],
    name: 'archive',
    properties: { name: 'archive' },
    companions: { iamPolicy },
    tags: {},
    scope: NO_SCOPE,
    capturedAt: null,
    contentHash: null,
  };
  const detector = new DriftDetector({ declared: [declared], knowledge: openKnowledge() });
  detector.observe(actual);
  const detections = [...detector.finish([])];
  return detections.flatMap((one) =>
    one.kind === 'compared' ? one.report.findings.map(({ verdict }) => verdict) : [one.kind],
  );
}

describe('access to a resource', () => {
  it('is there when the policy grants it, and drifted when it does not', () => {
    expect(verdicts({ bindings: [{ role: ROLE, members: ['allUsers', MEMBER] }] })).toEqual([]);
    expect(verdicts({ bindings: [] })).toContain('confirmed');
  });

  it('cannot be told when the policy could not be read', () => {
    const found = verdicts(null);
    expect(found).not.toContain('confirmed');
    expect(new Set(found)).toEqual(new Set(['unverifiable']));
  });
});
