import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../core/providers/index.js';
import { parseProviderReference } from './provider-reference.js';
import { resourceAddress } from './resource-address.js';
import { resourceName } from './resource-names.js';
import { resourceScope } from './scope-facts.js';

describe('parseProviderReference', () => {
  it.each([
    ['provider["registry.terraform.io/hashicorp/aws"]', 'aws', false],
    ['provider["registry.terraform.io/hashicorp/aws"].west', 'aws', true],
    ['module.a["x"].provider["registry.opentofu.org/hashicorp/google-beta"]', 'gcp', false],
    ['provider["registry.opentofu.org/hashicorp/aws"].by_region["eu"]', 'aws', true],
    ['provider.aws', 'aws', false],
    ['module.a.provider.aws.west', 'aws', true],
    ['provider. azurerm', 'azure', false],
    ['provider["registry.terraform.io/-/kubernetes"]', 'kubernetes', false],
    ['registry.terraform.io/Azure/azapi', 'azure', false],
    ['registry.terraform.io/someone/aws', 'other', false],
    ['provider["terraform.io/builtin/terraform"]', 'other', false],
    ['', 'other', false],
  ])('%s', (text, provider, aliased) => {
    expect(parseProviderReference(text)).toEqual({ provider, aliased });
  });
});

describe('resourceAddress', () => {
  it.each([
    ['a/b.c', '["a/b.c"]'],
    ['q"\\', '["q\\"\\\\"]'],
    ['${x} %{y} $z', '["$${x} %%{y} $z"]'],
    ['line\nbreak\u0001', '["line\\nbreak\\u0001"]'],
    ['žluť 😀', '["žluť 😀"]'],
  ])('quotes %j as Terraform does', (key, suffix) => {
    expect(resourceAddress(null, 'a', 'b', key)).toBe(`a.b${suffix}`);
  });
});

describe('resourceScope', () => {
  const aws = { provider: 'aws', aliased: false } as const;
  it.each<[string, Parameters<typeof resourceScope>[0], JsonObject, unknown]>([
    [
      'an ARN',
      aws,
      { arn: 'arn:aws:sqs:eu-west-1:111122223333:q' },
      { accountId: '111122223333', region: 'eu-west-1' },
    ],
    ['a global ARN', aws, { arn: 'arn:aws:iam::111122223333:role/r' }, { region: null }],
    ['a bucket', aws, { arn: 'arn:aws:s3:::b', region: 'eu-west-1' }, { region: 'eu-west-1' }],
    ['a zone', aws, { availability_zone: 'eu-west-1b' }, { region: 'eu-west-1' }],
    ['no fact', aws, {}, { accountId: '999900001111', region: null }],
    ['an alias', { ...aws, aliased: true }, {}, { accountId: null }],
    ['another provider', { provider: 'gcp', aliased: false }, {}, { accountId: null }],
    [
      'a Google link',
      { provider: 'gcp', aliased: false },
      { id: 'projects/p/zones/europe-west1-b/instances/i' },
      { accountId: 'p', region: 'europe-west1-b' },
    ],
    [
      'an Azure id',
      { provider: 'azure', aliased: false },
      { id: '/subscriptions/s/resourceGroups/g/providers/x', location: 'westeurope' },
      { accountId: 's', region: 'westeurope', namespace: 'g' },
    ],
    [
      'Kubernetes metadata',
      { provider: 'kubernetes', aliased: false },
      { metadata: [{ namespace: 'n', name: 'x' }] },
      { namespace: 'n' },
    ],
  ])('from %s', (_what, reference, attributes, scope) => {
    const context = { provider: 'aws', accountId: '999900001111', region: 'us-east-1' } as const;
    expect(resourceScope(reference, attributes, null, context)).toMatchObject(scope as object);
  });
});

describe('resourceName', () => {
  it.each<[string, JsonObject, string | null]>([
    ['aws_sqs_queue', { name: 'q' }, 'q'],
    ['aws_lambda_function', { function_name: 'f' }, 'f'],
    ['aws_eks_node_group', { cluster_name: 'c', node_group_name: 'g' }, 'g'],
    ['aws_instance', { tags: { Name: 'web' } }, 'web'],
    ['kubernetes_deployment', { metadata: [{ name: 'd' }] }, 'd'],
    ['kubernetes_manifest', { manifest: { metadata: { name: 'm' } } }, 'm'],
    ['aws_route', {}, null],
  ])('%s', (type, attributes, name) => {
    expect(resourceName(type, attributes)).toBe(name);
  });
});
