import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../json.js';
import { evaluate, selectedFields } from './evaluate.js';
import { parseQuery } from './parser.js';
import { InvalidExpressionError, queriedType } from './query.js';

const items: JsonObject[] = [
  {
    resourceType: 'AWS::EC2::SecurityGroup',
    resourceId: 'sg-1',
    resourceName: "it's",
    awsRegion: 'eu-west-1',
    tags: [{ key: 'team', value: 'web', tag: 'team=web' }],
    configuration: { ipPermissions: [{ fromPort: 22 }, { fromPort: 443 }], vpcId: 'vpc-1' },
  },
  {
    resourceType: 'AWS::EC2::SecurityGroup',
    resourceId: 'sg-2',
    awsRegion: 'eu-west-1',
    tags: [],
    configuration: { ipPermissions: [], vpcId: 'vpc-2', isDefault: true },
  },
  {
    resourceType: 'AWS::S3::Bucket',
    resourceId: 'logs',
    awsRegion: 'us-east-1',
    tags: [],
    configuration: { size: 7 },
  },
];

function ids(where: string): string[] {
  return rowsOf(`SELECT resourceId WHERE ${where}`).map((row) => row.resourceId as string);
}

function rowsOf(expression: string, documents = items): JsonObject[] {
  return evaluate(parseQuery(expression), documents).slice(0, 100);
}

describe('conditions', () => {
  it.each([
    ["resourceType = 'AWS::S3::Bucket'", ['logs']],
    ["resourceid = 'x' OR resourceType = 'AWS::S3::Bucket'", null],
    ["resourceId IN ('sg-1', 'logs')", ['sg-1', 'logs']],
    ["resourceType LIKE 'AWS::EC2::%'", ['sg-1', 'sg-2']],
    ["resourceId LIKE 'sg-_'", ['sg-1', 'sg-2']],
    ["resourceName = 'it''s'", ['sg-1']],
    ['configuration.ipPermissions.fromPort = 22', ['sg-1']],
    ['configuration.ipPermissions.fromPort BETWEEN 400 AND 500', ['sg-1']],
    ['configuration.size >= 7', ['logs']],
    ['configuration.isDefault = true', ['sg-2']],
    ["tags.tag = 'team=web'", ['sg-1']],
    ["NOT resourceType = 'AWS::S3::Bucket' AND NOT configuration.vpcId = 'vpc-1'", ['sg-2']],
    ["(resourceId = 'sg-1' OR resourceId = 'logs') AND awsRegion = 'us-east-1'", ['logs']],
    ["resourceId NOT IN ('sg-1')", ['sg-2', 'logs']],
  ])('%s', (where, expected) => {
    if (expected === null) expect(() => ids(where)).toThrow(InvalidExpressionError);
    else expect(ids(where)).toEqual(expected);
  });
});

describe('what a row holds', () => {
  it('* is the scalar properties, and what a resource lacks is left out', () => {
    expect(rowsOf("select * where resourceId = 'sg-2'")).toEqual([
      { awsRegion: 'eu-west-1', resourceId: 'sg-2', resourceType: 'AWS::EC2::SecurityGroup' },
    ]);
  });

  it('nested properties keep their place', () => {
    const query = parseQuery(
      "SELECT configuration.vpcId, configuration.ipPermissions.fromPort, tags WHERE resourceId = 'sg-1'",
    );
    expect(evaluate(query, items).slice(0, 10)).toEqual([
      {
        configuration: { vpcId: 'vpc-1', ipPermissions: [{ fromPort: 22 }, { fromPort: 443 }] },
        tags: [{ key: 'team', value: 'web', tag: 'team=web' }],
      },
    ]);
  });

  it('groups are counted, and the fields are named as they were written', () => {
    const query = parseQuery(
      'SELECT resourceType, awsRegion, COUNT(*) GROUP BY resourceType, awsRegion',
    );
    expect(selectedFields(query)).toEqual(['resourceType', 'awsRegion', 'COUNT(*)']);
    expect(evaluate(query, items).slice(0, 10)).toEqual([
      { 'COUNT(*)': 2, resourceType: 'AWS::EC2::SecurityGroup', awsRegion: 'eu-west-1' },
      { 'COUNT(*)': 1, resourceType: 'AWS::S3::Bucket', awsRegion: 'us-east-1' },
    ]);
    expect(rowsOf('SELECT COUNT(*), MAX(configuration.size)', [])).toEqual([
      { 'COUNT(*)': 0, 'MAX(configuration.size)': null },
    ]);
  });

  it('is ordered as asked', () => {
    const rows = rowsOf('SELECT resourceId ORDER BY resourceId DESC');
    expect(rows.map((row) => row.resourceId)).toEqual(['sg-2', 'sg-1', 'logs']);
  });
});

describe('refused expressions', () => {
  it.each([
    '',
    'resourceId',
    'SELECT',
    'SELECT resourceId FROM resources',
    'SELECT DISTINCT resourceId',
    'SELECT resourceId AS id',
    'SELECT nonsense',
    'SELECT resourceId WHERE',
    'SELECT resourceId WHERE resourceId',
    "SELECT resourceId WHERE resourceId = 'open",
    'SELECT resourceId WHERE resourceId = NULL',
    "SELECT resourceId WHERE resourceId LIKE '%x'",
    "SELECT resourceId WHERE resourceId LIKE 'ab%'",
    'SELECT resourceId GROUP BY resourceId',
    'SELECT resourceId, COUNT(*)',
    'SELECT accountId, COUNT(*) GROUP BY accountId, awsRegion, resourceType, resourceName',
    'SELECT resourceId LIMIT 5',
    "SELECT resourceId WHERE (resourceId = 'a'",
    'SELECT resourceId; DROP',
  ])('%s', (expression) => {
    expect(() => parseQuery(expression)).toThrow(InvalidExpressionError);
  });
});

describe('the type a query is about', () => {
  it.each([
    [
      "SELECT resourceId WHERE awsRegion = 'x' AND resourceType = 'AWS::S3::Bucket'",
      'AWS::S3::Bucket',
    ],
    ["SELECT resourceId WHERE resourceType LIKE 'AWS::S3%'", null],
    ['SELECT COUNT(*)', null],
  ])('%s is %s', (expression, type) => {
    expect(queriedType(parseQuery(expression).where)).toBe(type);
  });
});
