import { describe, expect, it } from '@jest/globals';
import type { DeclaredResource, JsonObject } from '../../../core/providers/index.js';
import { fieldOf } from '../engine/testing/rule-on.js';
import { openKnowledge } from '../knowledge/index.js';
import { expectedTypes } from './expected-types.js';

const knowledge = openKnowledge();
const aws = (type: string, region: string | null): DeclaredResource => ({
  ...fieldOf({ type }).pair.declared,
  provider: 'aws',
  scope: { accountId: null, region, namespace: null },
});
const manifest = (id: string): DeclaredResource => ({
  ...fieldOf({ type: id.split('/').at(-3) ?? '', declaredFormat: 'k8s-manifest' }).pair.declared,
  provider: 'kubernetes',
  id,
});

describe('expected types', () => {
  it('are the types of the provider, each where it is declared', () => {
    const declared = [
      aws('aws_sns_topic', 'us-east-1'),
      aws('aws_sns_topic', 'us-east-1'),
      aws('aws_sns_topic', 'eu-west-1'),
      aws('AWS::SQS::Queue', null),
      manifest('v1/ConfigMap/shop/web'),
    ];
    expect(expectedTypes(declared, 'aws', knowledge)).toEqual([
      { type: 'aws::sns::topic', region: 'us-east-1' },
      { type: 'aws::sns::topic', region: 'eu-west-1' },
      { type: 'aws::sqs::queue', region: null },
    ]);
  });

  it('ask for the parent of a part', () => {
    expect(expectedTypes([aws('aws_s3_bucket_policy', null)], 'aws', knowledge)).toEqual([
      { type: 'aws::s3::bucket', region: null },
    ]);
  });

  it('are the types Azure has for the code, by azurerm and as azapi itself names them', () => {
    const azure = (type: string, attributes: JsonObject = {}): DeclaredResource => ({
      ...aws(type, 'West Europe'),
      provider: 'azure',
      attributes,
    });
    const declared = [
      azure('azurerm_key_vault'),
      azure('azapi_resource', { type: 'Microsoft.Web/sites@2024-04-01' }),
    ];
    expect(expectedTypes(declared, 'azure', knowledge).map(({ type }) => type)).toEqual([
      'microsoft.keyvault/vaults',
      'microsoft.web/sites',
    ]);
  });

  it('are asset types as Google spells them, wherever they are', () => {
    const declared = ['google_pubsub_topic', 'google_storage_bucket_iam_member', 'google_nonsense'];
    const resources = declared.map((type) => ({
      ...aws(type, 'europe-west3'),
      provider: 'gcp' as const,
    }));
    expect(expectedTypes(resources, 'gcp', knowledge)).toEqual([
      { type: 'pubsub.googleapis.com/Topic', region: null },
      { type: 'storage.googleapis.com/Bucket', region: null },
    ]);
  });

  it('are kinds in their group and version, in a cluster', () => {
    const declared = [manifest('apps/v1/Deployment/shop/web'), manifest('v1/Namespace//shop')];
    expect(expectedTypes(declared, 'kubernetes', knowledge).map(({ type }) => type)).toEqual([
      'apps/v1/Deployment',
      'v1/Namespace',
    ]);
  });
});
