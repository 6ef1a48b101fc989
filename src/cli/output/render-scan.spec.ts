import { describe, expect, it } from '@jest/globals';
import { renderScan } from './render-scan.js';
import type { ScanResult, ShownChange, ShownDrift } from './scan-result.js';
import { createTerminal } from './terminal.js';

const change = (fields: Partial<ShownChange>): ShownChange => ({
  attribute: '',
  change: 'modified',
  declared: null,
  actual: null,
  sensitive: false,
  verdict: 'confirmed',
  explanation: null,
  securityCritical: false,
  ...fields,
});

const drift = (fields: Partial<ShownDrift>): ShownDrift => ({
  severity: 'low',
  driftType: 'modified',
  verdict: 'confirmed',
  address: 'aws_instance.web',
  resourceType: 'aws_instance',
  location: null,
  changes: [],
  ...fields,
});

const RESULT: ScanResult = {
  drifts: [
    drift({
      address: 'apps/v1/Deployment/shop/checkout',
      severity: 'medium',
      changes: [change({ attribute: 'spec.replicas', declared: 3, actual: 5 })],
    }),
    drift({ address: 'aws_s3_bucket.exports', severity: 'high', driftType: 'deleted' }),
    drift({
      address: 'aws_security_group.bastion',
      severity: 'critical',
      changes: [
        change({
          attribute: 'ingress[0].cidr_blocks',
          declared: ['10.0.0.0/8'],
          actual: ['0.0.0.0/0'],
        }),
        change({ attribute: 'description', declared: 'x', actual: 'y' }),
      ],
    }),
    drift({ address: 'AWS::SQS::Queue jobs', driftType: 'added', verdict: 'potential' }),
  ],
  coverage: [
    coverage('AWS::EC2::SecurityGroup', 'complete', null),
    coverage('AWS::SecretsManager::Secret', 'denied', 'not authorized'),
  ],
  unchecked: [{ reason: 'aws_secretsmanager_secret was not read in this scan', resources: 2 }],
  passedOver: [{ reason: 'part of the default network', resources: 3 }],
  unusedRules: [{ name: '*.tags', origin: '.tfdriftignore:3' }],
  counts: {
    declared: 80,
    actual: 91,
    inSync: 75,
    notChecked: 2,
    suppressed: 143,
    ignored: 2,
    notCompared: 1,
  },
};

function coverage(type: string, status: 'complete' | 'denied', message: string | null) {
  return {
    provider: 'aws' as const,
    type,
    accountId: '111122223333',
    region: 'eu-central-1',
    status,
    resources: 1,
    pages: 1,
    message,
  };
}

const terminal = (columns: number, env = {}, isTTY = false) =>
  createTerminal({ write: () => true, columns, isTTY }, env);

const TABLE = `\
  SEVERITY  RESOURCE                          ATTRIBUTE               DECLARED → ACTUAL               VERDICT
  critical  aws_security_group.bastion        ingress[0].cidr_blocks  ["10.0.0.0/8"] → ["0.0.0.0/0"]  confirmed
                                              description             "x" → "y"                       confirmed
  high      aws_s3_bucket.exports             (deleted)               declared → gone                 confirmed
  medium    apps/v1/Deployment/shop/checkout  spec.replicas           3 → 5                           confirmed
  low       AWS::SQS::Queue jobs              (added)                 not declared → exists           potential

Coverage 50 %: 1 of 2 types read completely; nothing is reported as deleted from the rest:
  TYPE                         WHERE                      READ       WHY
  AWS::SecretsManager::Secret  111122223333 eu-central-1  denied     not authorized
Not checked:
      2  aws_secretsmanager_secret was not read in this scan
Not declared, and no news:
      3  part of the default network
Ignore rules that silenced nothing:
  *.tags  (.tfdriftignore:3)
80 resources declared, 91 live, 75 in sync, 2 not checked
143 harmless differences explained away, 2 differences ignored by rules, 1 value not comparable
3 confirmed drifts (1 critical, 1 high, 1 medium), 1 to look at
`;

const NARROW = `\
critical  aws_security_group.bastion
          ingress[0].cidr_blocks  confirmed
            ["10.0.0.0/8"] → ["0.0.0.0/0"]
          description  confirmed
            "x" → "y"
high      aws_s3_bucket.exports
          (deleted)  confirmed
            declared → gone
`;

describe('renderScan', () => {
  it('prints the worst first, one row an attribute, then coverage and counts', () => {
    expect(renderScan(RESULT, terminal(112))).toBe(TABLE);
  });

  it('puts attributes under their resource where five columns have no room', () => {
    expect(renderScan(RESULT, terminal(72))).toContain(NARROW);
  });

  it('fits every line of a table into the width', () => {
    const lines = renderScan(RESULT, terminal(100)).split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it('colours only where colour is wanted', () => {
    const colored = renderScan(RESULT, terminal(112, {}, true));
    expect(colored).toContain('\u001B[');
    expect(renderScan(RESULT, terminal(112, { NO_COLOR: '1' }, true))).toBe(TABLE);
    expect(renderScan(RESULT, terminal(112, { FORCE_COLOR: '1' }))).toBe(colored);
  });

  it('never says clean about what nobody looked at', () => {
    const text = renderScan({ ...RESULT, drifts: [] }, terminal(112));
    expect(text).toContain('No drift found in what could be read; 2 resources not checked');
  });

  it('cuts a resource with very many differences short', () => {
    const changes = Array.from({ length: 40 }, (_, index) =>
      change({ attribute: `a${index}`, declared: 1, actual: 2 }),
    );
    const text = renderScan({ ...RESULT, drifts: [drift({ changes })] }, terminal(112));
    expect(text).toContain('a11');
    expect(text).not.toContain('a12');
    expect(text).toContain('… 28 more attributes');
  });
});
