import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DomainError } from '../../../../core/errors/index.js';
import type { JsonValue } from '../../../../core/providers/index.js';
import type { ParseOptions } from '../parse-options.js';
import { documentOf, parse, parseOne, recordsOf } from '../testdata/documents.js';

const KNOWN: ParseOptions = {
  context: { accountId: '111122223333', region: 'eu-west-1' },
  stackName: 'shop',
  physicalIds: { Queue: 'https://sqs/q', Other: 'other-1' },
};

const HEAD = `
Parameters:
  Stage: { Type: String, Default: test }
  Zones: { Type: CommaDelimitedList, Default: "a, b,c" }
  Secret: { Type: String, NoEcho: true }
  Image: { Type: "AWS::SSM::Parameter::Value<String>", Default: /ami }
  Size: { Type: Number, Default: 3 }
Mappings:
  Sizes: { test: { small: t3.micro, list: [x, y] }, eu-west-1: { small: m5.large } }
Conditions:
  IsTest: !Equals [!Ref Stage, test]
  IsLive: !Not [!Condition IsTest]
  Both: !And [!Condition IsTest, !Equals [!Ref Secret, x]]
  Either: !Or [!Condition IsTest, !Equals [!Ref Secret, x]]
  Circle: !Not [!Condition Circle]
`;

function template(property: string): string {
  return `${HEAD}
Resources:
  Queue:
    Type: AWS::SQS::Queue
  Other:
    Type: AWS::SNS::Topic
    Properties:
      Before: 1
      Value: ${property}
`;
}

async function evaluate(property: string, options: ParseOptions = KNOWN): Promise<unknown> {
  const { resources } = await parse(template(property), options);
  const other = resources.find(({ type }) => type === 'AWS::SNS::Topic');
  if (other === undefined) throw new Error('not declared');
  const { attributes, unresolvedPaths, sensitivePaths } = other;
  return unresolvedPaths.length + sensitivePaths.length === 0
    ? attributes.Value
    : { value: attributes.Value, unresolvedPaths, sensitivePaths };
}

describe('intrinsic functions', () => {
  it.each<[string, JsonValue | undefined]>([
    ['!Ref Stage', 'test'],
    ['!Ref Zones', ['a', 'b', 'c']],
    ['!Ref Size', 3],
    ['!Ref Queue', 'https://sqs/q'],
    ['!Ref AWS::AccountId', '111122223333'],
    ['!Ref AWS::Partition', 'aws'],
    ['!Ref AWS::URLSuffix', 'amazonaws.com'],
    ['!Ref AWS::NoValue', undefined],
    ['[a, !Ref AWS::NoValue, b]', ['a', 'b']],
    ['!Sub "${AWS::StackName}-${Stage}-${!Keep}-${Queue}"', 'shop-test-${Keep}-https://sqs/q'],
    ['!Sub ["${A}/${Stage}", { A: !Ref Size }]', '3/test'],
    ['!Join [",", !Ref Zones]', 'a,b,c'],
    ['!Join [":", [arn, !Ref AWS::Partition, 1, true]]', 'arn:aws:1:true'],
    ['!Split ["-", a-b-c]', ['a', 'b', 'c']],
    ['!Select [1, !Ref Zones]', 'b'],
    ['!Select ["0", [!Ref Stage, !GetAtt Queue.Arn]]', 'test'],
    ['!FindInMap [Sizes, !Ref Stage, small]', 't3.micro'],
    ['!FindInMap [Sizes, !Ref AWS::Region, small]', 'm5.large'],
    ['!FindInMap [Sizes, none, small, { DefaultValue: d }]', 'd'],
    ['!Base64 hé', 'aMOp'],
    ['!Cidr [10.0.0.0/16, 3, 8]', ['10.0.0.0/24', '10.0.1.0/24', '10.0.2.0/24']],
    ['!Cidr ["2001:db8::/56", 2, 64]', ['2001:db8::/64', '2001:db8:0:1::/64']],
    ['!If [IsTest, yes-it-is, no]', 'yes-it-is'],
    ['!If [IsLive, a, { b: !Ref Stage }]', { b: 'test' }],
    ['!If [Both, same, same]', 'same'],
    ['!If [Either, a, b]', 'a'],
    ['!ToJsonString { a: !Ref Stage }', '{"a":"test"}'],
    ['!Length [1, 2]', 2],
    ['{ "Fn::Join": ["", [{ Ref: Stage }, x]] }', 'testx'],
    ['2012-10-17', '2012-10-17'],
    ['0644', 420],
    ['012345678901', '012345678901'],
  ])('%s', async (property, value) => {
    expect(await evaluate(property)).toEqual(value);
  });

  it.each([
    ['!GetAtt Queue.Arn', 'CFN.UNRESOLVED_ATTRIBUTE'],
    ['!ImportValue shared', 'CFN.UNRESOLVED_IMPORT'],
    ['!Ref Secret', 'CFN.UNRESOLVED_PARAMETER'],
    ['!Ref Image', 'CFN.UNRESOLVED_PARAMETER'],
    ['!Ref AWS::StackId', 'CFN.UNRESOLVED_PARAMETER'],
    ['!GetAZs ""', 'CFN.UNRESOLVED_FUNCTION'],
    ['!Transform { Name: M }', 'CFN.UNRESOLVED_FUNCTION'],
    ['!NotAFunction x', 'CFN.UNRESOLVED_FUNCTION'],
    ['!If [Both, a, b]', 'CFN.UNRESOLVED_CONDITION'],
    ['!If [Circle, a, b]', 'CFN.UNRESOLVED_CONDITION'],
    ['!Sub "x-${Queue.Arn}"', 'CFN.UNRESOLVED_ATTRIBUTE'],
    ['!Ref Nowhere', 'CFN.INVALID_FUNCTION'],
    ['!Select [7, [a]]', 'CFN.INVALID_FUNCTION'],
    ['!Cidr [10.0.0.0/24, 3, 8]', 'CFN.INVALID_FUNCTION'],
    ['"{{resolve:ssm:/name:1}}"', 'CFN.UNRESOLVED_DYNAMIC_REFERENCE'],
  ])('leaves %s open and says so', async (property, code) => {
    const { resources, notices } = await parse(template(property), KNOWN);
    const other = resources.find(({ type }) => type === 'AWS::SNS::Topic');
    expect(other).toMatchObject({
      attributes: { Before: 1, Value: null },
      unresolvedPaths: ['Value'],
    });
    expect(notices).toMatchObject([{ code, address: 'shop/Other' }]);
  });

  it('leaves open only what is unknown', async () => {
    const property = '!If [IsTest, { list: [a, !GetAtt Queue.Arn], "k.x": !ImportValue i }, b]';
    expect(await evaluate(property)).toEqual({
      value: { list: ['a', null], 'k.x': null },
      unresolvedPaths: ['Value.list[1]', 'Value["k.x"]'],
      sensitivePaths: [],
    });
  });

  it('follows secrets', async () => {
    const options = { ...KNOWN, parameters: { Secret: 'hunter2' } };
    expect(await evaluate('!Sub "u:${Secret}"', options)).toEqual({
      value: 'u:hunter2',
      unresolvedPaths: [],
      sensitivePaths: ['Value'],
    });
    expect(await evaluate('"{{resolve:secretsmanager:db:SecretString}}"')).toEqual({
      value: null,
      unresolvedPaths: ['Value'],
      sensitivePaths: ['Value'],
    });
    expect(await evaluate('!Ref Secret', { ...KNOWN, parameters: { Secret: '****' } })).toEqual({
      value: null,
      unresolvedPaths: ['Value'],
      sensitivePaths: ['Value'],
    });
  });

  it('stops texts that multiply', async () => {
    const parameters = { Stage: 'x'.repeat(100_000) };
    const property = `!Sub "${'${Stage}'.repeat(100)}"`;
    expect(await evaluate(property, { ...KNOWN, parameters })).toMatchObject({
      unresolvedPaths: ['Value'],
    });
  });
});

describe('template', () => {
  const yaml = `AWSTemplateFormatVersion: 2010-09-09
Conditions:
  Never: !Equals [a, b]
Resources:
  Bucket:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain
    Properties:
      BucketName: logs
  Role:
    Type: AWS::IAM::Role
  Absent:
    Type: AWS::SNS::Topic
    Condition: Never
  Mine:
    Type: Custom::Thing
`;
  const json = JSON.stringify(
    {
      AWSTemplateFormatVersion: '2010-09-09',
      Resources: { Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'logs' } } },
    },
    null,
    2,
  );

  it('reads YAML and JSON alike, with lines', async () => {
    const fromYaml = await parse(yaml, { ...KNOWN, physicalIds: { Bucket: 'logs' } });
    expect(fromYaml.resources).toMatchObject([
      {
        address: 'shop/Bucket',
        type: 'AWS::S3::Bucket',
        format: 'cfn-properties',
        provider: 'aws',
        id: 'logs',
        name: 'logs',
        attributes: { BucketName: 'logs' },
        scope: { accountId: '111122223333', region: 'eu-west-1', namespace: null },
        location: { line: 5 },
      },
      { address: 'shop/Role', id: null, attributes: {}, scope: { region: null } },
      { address: 'shop/Mine', provider: 'other', scope: { accountId: null } },
    ]);
    expect(await parseOne(json)).toMatchObject({
      address: 'Bucket',
      attributes: { BucketName: 'logs' },
      location: { line: 4 },
    });
  });

  it('changes a hash only when the resource or what decides about it changes', async () => {
    const hash = async (text: string, options: ParseOptions = {}): Promise<unknown> =>
      (await parse(text, options)).resources[0]?.contentHash;
    const first = await hash(yaml);
    expect(first).toMatch(/^[0-9a-f]{16}$/);
    expect(await hash(yaml.replace('Type: Custom::Thing', 'Type: Custom::Other'))).toBe(first);
    expect(await hash(yaml.replace('logs', 'other'))).not.toBe(first);
    expect(await hash(yaml, { parameters: { X: 'y' } })).not.toBe(first);
  });

  it('says what only the processed template can tell', async () => {
    const text = `Transform: [AWS::Serverless-2016-10-31, AWS::LanguageExtensions]
Resources:
  Function: { Type: AWS::Serverless::Function }
  Fn::ForEach::Topics: [T, [a], {}]
  Topic: { Type: AWS::SNS::Topic }
`;
    const { resources, notices } = await parse(text);
    expect(resources.map(({ address }) => address)).toEqual(['Topic']);
    expect(notices.map(({ code }) => code)).toEqual([
      'CFN.TRANSFORM',
      'CFN.NOT_PROCESSED',
      'CFN.NOT_PROCESSED',
    ]);
  });

  it('does not guess whether a resource is declared', async () => {
    const text = `Parameters: { P: { Type: String } }
Conditions: { C: !Equals [!Ref P, x] }
Resources:
  A: { Type: AWS::SNS::Topic, Condition: C }
  B: { Type: AWS::SNS::Topic, Condition: C }
`;
    const { resources, notices } = await parse(text, { physicalIds: { B: 'arn' } });
    expect(resources.map(({ address }) => address)).toEqual(['B']);
    expect(notices).toMatchObject([{ code: 'CFN.UNRESOLVED_CONDITION', address: 'A' }]);
  });

  it('notices keys that stand twice and parameters nobody asked for', async () => {
    const text = 'Resources:\n  A:\n    Type: AWS::SNS::Topic\n    Type: AWS::SQS::Queue\n';
    const { resources, notices } = await parse(text, { parameters: { Typo: 'x' } });
    expect(resources).toMatchObject([{ type: 'AWS::SQS::Queue' }]);
    expect(notices).toMatchObject([
      { code: 'CFN.DUPLICATE_KEY', location: { line: 4 } },
      { code: 'CFN.UNKNOWN_PARAMETER' },
    ]);
  });

  it('answers damaged templates with a DomainError or with records, never otherwise', async () => {
    const text = template('!If [IsTest, !Sub ["${A}", { A: !Ref Size }], !Ref AWS::NoValue]');
    const pieces = [
      '',
      '!',
      '[',
      '{',
      ']',
      ': ',
      '!Ref ',
      'Fn::If',
      '\n',
      '- ',
      '"',
      '&a ',
      '*a',
      '~',
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.nat(text.length),
        fc.constantFrom(...pieces),
        fc.nat(8),
        async (at, inserted, removed) => {
          const damaged = text.slice(0, at) + inserted + text.slice(at + removed);
          const outcome = await recordsOf(documentOf(damaged), KNOWN).catch(
            (error: unknown) => error,
          );
          expect(outcome instanceof DomainError || Array.isArray(outcome)).toBe(true);
        },
      ),
      { numRuns: 200 },
    );
  });

  it.each([
    ['no resources', 'AWSTemplateFormatVersion: 2010-09-09\n', /no Resources/],
    ['a resource without type', 'Resources:\n  A: {}\n', /line 2.*A has no Type/],
    ['two documents', 'Resources: {}\n---\nResources: {}\n', /this file has 2/],
  ])('refuses %s', async (_what, text, message) => {
    await expect(parse(text)).rejects.toMatchObject({
      code: 'IAC.TEMPLATE_MALFORMED',
      message: expect.stringMatching(message),
    });
  });
});
