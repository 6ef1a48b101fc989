import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../core/providers/index.js';
import { openKnowledge } from '../knowledge/index.js';
import { DriftDetector, type Detection } from './detect.js';
import { fieldOf } from './testing/rule-on.js';

const { declared: template, actual: liveTemplate } = fieldOf({ type: 'AWS::SQS::Queue' }).pair;
const document = (action: string): JsonObject => ({
  Statement: [{ Effect: 'Allow', Principal: { Service: 's3' }, Action: action, Resource: '*' }],
});
const policy = {
  ...template,
  address: 'Policy',
  type: 'AWS::SQS::QueuePolicy',
  format: 'cfn-properties' as const,
  id: 'stack-Policy-1',
  name: null,
  attributes: { Queues: ['q-1', 'q-2'], PolicyDocument: document('sqs:SendMessage') },
};

/** What is said of one policy for two queues; null is a queue without one. */
function detect(...actions: readonly (string | null)[]): Detection[] {
  const detector = new DriftDetector({ declared: [policy], knowledge: openKnowledge() });
  for (const [index, action] of actions.entries()) {
    detector.observe({
      ...liveTemplate,
      type: 'AWS::SQS::Queue',
      format: 'aws-config',
      id: `q-${index + 1}`,
      name: null,
      properties: {
        QueueName: `q-${index + 1}`,
        ...(action !== null && { Policy: document(action) }),
      },
    });
  }
  return [...detector.finish([])];
}
const told = (detections: readonly Detection[]) =>
  detections.map((one) =>
    one.kind === 'compared'
      ? one.report.findings.map(({ path, change, explanation }) => ({ path, change, explanation }))
      : one.kind,
  );

describe('a part of several resources', () => {
  it('is compared with each, and the difference says in which', () => {
    expect(told(detect('sqs:SendMessage', 'sqs:SendMessage'))).toEqual([[]]);
    const [pair] = detect('sqs:SendMessage', 'sqs:*');
    const findings = pair?.kind === 'compared' ? pair.report.findings : [];
    expect(findings.map(({ path }) => path)).toEqual(['PolicyDocument.Statement[0].Action[0]']);
    expect(findings[0]?.explanation).toMatch(/^q-2: /);
  });

  it('is lost in one of them, or deleted in all', () => {
    expect(told(detect(null, 'sqs:SendMessage'))).toMatchObject([
      [{ path: '', change: 'removed', explanation: 'q-1 does not have it.' }],
    ]);
    expect(told(detect(null, null))).toEqual(['missing']);
  });
});
