import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import type { DeclaredResource } from '../../../core/providers/index.js';
import { parseDocument } from '../parsers/parse-document.js';
import { type EdgeDocument, removeSecrets } from './remove-secrets.js';

/** Stands in every secret of these documents, and nowhere else. */
const CANARY = 'zq9canaryzq9';
const { signal } = new AbortController();

function documentOf(content: string | Buffer) {
  const open = () => Promise.resolve(Readable.from([Buffer.from(content)]));
  return { name: 'given', size: null, open };
}

function remove(content: unknown): Promise<EdgeDocument> {
  const text = typeof content === 'string' ? content : JSON.stringify(content, null, 2);
  return removeSecrets(documentOf(text), { kind: 'auto', keys: [] }, signal);
}

async function declared(content: string | Buffer): Promise<Map<string, DeclaredResource>> {
  const found = new Map<string, DeclaredResource>();
  for await (const record of parseDocument(documentOf(content), {}, signal)) {
    if (record.kind === 'declared') found.set(record.resource.address, record.resource);
  }
  return found;
}

describe('a plan without its secrets', () => {
  const change = (before: object | null, after: object | null, mask: object = {}) => ({
    address: 'aws_db_instance.main',
    mode: 'managed',
    type: 'aws_db_instance',
    name: 'main',
    provider_name: 'registry.terraform.io/hashicorp/aws',
    change: {
      actions: ['update'],
      before,
      after,
      after_unknown: {},
      before_sensitive: mask,
      after_sensitive: mask,
    },
  });
  const values = { id: 'shop', engine: 'postgres', backup: CANARY, password: CANARY };
  const plan = {
    format_version: '1.2',
    variables: { password: { value: CANARY } },
    planned_values: { outputs: { x: { value: CANARY } } },
    resource_changes: [change(values, { ...values, engine: 'mysql' }, { backup: true })],
    resource_drift: [
      change(values, { ...values, backup: `${CANARY}-2`, engine: 'maria' }, { backup: true }),
    ],
    output_changes: { x: { before: CANARY } },
    prior_state: {
      format_version: '1.0',
      values: {
        outputs: { x: { value: CANARY } },
        root_module: {
          resources: [
            {
              address: 'aws_db_instance.main',
              mode: 'managed',
              type: 'aws_db_instance',
              name: 'main',
              provider_name: 'registry.terraform.io/hashicorp/aws',
              values,
              sensitive_values: { backup: true },
            },
            { address: 'data.x.y', mode: 'data', type: 'x', name: 'y', values: { a: CANARY } },
          ],
          child_modules: [{ address: 'module.a', resources: [] }],
        },
      },
    },
    configuration: { root_module: { variables: { password: { default: CANARY } } } },
    checks: [{ problems: [{ message: CANARY }] }],
  };

  it('has none of them, and is still a plan', async () => {
    const { content } = await remove(plan);
    expect(content.toString()).not.toContain(CANARY);
    const found = (await declared(content)).get('aws_db_instance.main');
    expect(found?.attributes).toEqual({
      id: 'shop',
      engine: 'postgres',
      backup: '(sensitive value)',
      password: '(sensitive value)',
    });
    expect(Object.keys(JSON.parse(content.toString()) as object)).toEqual([
      'format_version',
      'prior_state',
      'planned_values',
      'resource_changes',
      'resource_drift',
    ]);
  });
});

describe('a template without its secrets', () => {
  const YAML = `# the old one was ${CANARY}
AWSTemplateFormatVersion: '2010-09-09'
Description: do not use ${CANARY}
Parameters:
  DbPassword:
    Type: String
    NoEcho: true
    Default: ${CANARY}
  ApiToken: { Type: String, Default: ${CANARY} }
  Size: { Type: String, Default: small }
Resources:
  Database:
    Type: AWS::RDS::DBInstance
    Metadata: { note: ${CANARY} }
    Properties:
      MasterUserPassword: !Ref DbPassword
      Engine: postgres

  Function:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables:
          DB_PASSWORD: ${CANARY}
          OTHER_PASSWORD: !Sub 'x-${CANARY}-\${AWS::Region}'
          SIZE: !Ref Size
  Host:
    Type: AWS::EC2::Instance
    Properties:
      UserData:
        Fn::Base64: |
          #!/bin/sh
          export PASSWORD=${CANARY}
Outputs:
  Password: { Value: ${CANARY} }
`;

  it('has none of them, and every resource on its line', async () => {
    const { content, removed } = await remove(YAML);
    expect(content.toString()).not.toContain(CANARY);
    expect(removed).toBe(5);
    const before = await declared(YAML);
    const after = await declared(content);
    expect([...after].map(([address, { location }]) => [address, location.line])).toEqual(
      [...before].map(([address, { location }]) => [address, location.line]),
    );
    expect(after.get('Function')?.attributes).toEqual({
      Environment: {
        Variables: {
          DB_PASSWORD: '(sensitive value)',
          OTHER_PASSWORD: '(sensitive value)',
          SIZE: 'small',
        },
      },
    });
    // As a whole: in base64 nobody would know it again.
    expect(after.get('Host')?.attributes).toEqual({ UserData: '(sensitive value)' });
    expect(after.get('Database')?.unresolvedPaths).toEqual(['MasterUserPassword']);
  });

  it('is made of JSON as well', async () => {
    const { content } = await remove({
      Resources: {
        Db: { Type: 'AWS::RDS::DBInstance', Properties: { MasterUserPassword: CANARY } },
      },
    });
    expect(content.toString()).not.toContain(CANARY);
    expect([...(await declared(content)).keys()]).toEqual(['Db']);
  });
});

describe('manifests without their secrets', () => {
  const YAML = `# ${CANARY}
apiVersion: v1
kind: Secret
metadata:
  name: db
  namespace: shop
  annotations:
    kubectl.kubernetes.io/last-applied-configuration: '{"data":{"a":"${CANARY}"}}'
stringData:
  anything: ${CANARY}
---
# yes is a text
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
  labels: { enabled: "yes", mode: "0644" }
spec:
  replicas: 3
  template:
    spec:
      containers:
        - name: web
          args: ["--password=${CANARY}", "--port=80"]
          env:
            - name: DB_PASSWORD
              value: ${CANARY}
            - { name: REGION, value: eu }
---
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: ConfigMap
    metadata: { name: app, namespace: shop }
    data:
      app.properties: |
        db.password=${CANARY}
      other.yaml: |
        kind: Secret
        data: { x: ${CANARY} }
`;

  it('have none of them, and every object on its line', async () => {
    const { content } = await remove(YAML);
    expect(content.toString()).not.toContain(CANARY);
    const before = await declared(YAML);
    const after = await declared(content);
    expect([...after].map(([address, { location }]) => [address, location.line])).toEqual(
      [...before].map(([address, { location }]) => [address, location.line]),
    );
    const web = after.get('apps/v1/Deployment/shop/web');
    expect(web?.attributes).toMatchObject({
      metadata: { labels: { enabled: 'yes', mode: '0644' } },
      spec: {
        replicas: 3,
        template: {
          spec: {
            containers: [
              {
                args: ['(sensitive value)', '--port=80'],
                env: [
                  { name: 'DB_PASSWORD', value: '(sensitive value)' },
                  { name: 'REGION', value: 'eu' },
                ],
              },
            ],
          },
        },
      },
    });
    expect(after.get('v1/Secret/shop/db')?.attributes).toMatchObject({
      stringData: '(sensitive value)',
    });
  });
});
