import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { runCli } from '../run-cli.js';

interface AwsPolicy {
  readonly Statement: readonly { readonly Sid: string; readonly Action: readonly string[] }[];
}

async function run(...args: string[]) {
  const output = { stdout: '', stderr: '' };
  const stream = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => (output[name] += text),
  });
  const streams = { stdout: stream('stdout'), stderr: stream('stderr') };
  const code = await runCli(['policy', ...args], { ...streams, env: {}, cwd: () => '/' });
  return { code, ...output };
}

const aws = async (...args: string[]): Promise<AwsPolicy> =>
  JSON.parse((await run('aws', ...args)).stdout) as AwsPolicy;

describe('driftguard policy', () => {
  it('of AWS grants nothing but reads', async () => {
    const { Statement } = await aws('--with', 'who,states,regions,aggregator');
    const verbs = Statement.flatMap(({ Action }) => Action).map((one) => one.split(':')[1]);
    for (const verb of verbs) expect(verb).toMatch(/^(?:Describe|Get|List|Select|BatchGet|Lookup)/);
  });

  it('of AWS for a type AWS Config records needs no Cloud Control', async () => {
    const policy = await aws('--types', 'aws_s3_bucket');
    expect(policy.Statement.map(({ Sid }) => Sid)).toEqual(['ReadInventory']);
    expect(policy.Statement[0]?.Action).not.toContain('cloudformation:GetResource');
    expect(policy.Statement[0]?.Action).toContain('config:SelectResourceConfig');
  });

  it('of AWS names the reads behind a type of Cloud Control', async () => {
    const policy = await aws('--types', 'AWS::Logs::LogGroup');
    expect(policy.Statement.flatMap(({ Action }) => Action)).toEqual(
      expect.arrayContaining(['cloudformation:GetResource', 'logs:Describe*']),
    );
  });

  it.each(['AWS::Logs::LogGroup', 'AWS::SecretsManager::Secret', 'AWS::SSM::Parameter'])(
    'of AWS does not hand out what %s stores',
    async (type) => {
      const { Statement } = await aws('--types', type);
      const actions = Statement.flatMap(({ Action }) => Action);
      expect(actions.filter((one) => one.endsWith(':Get*'))).toEqual([]);
    },
  );

  it('of AWS enters the accounts of an organization only when asked', async () => {
    const policy = await aws('--accounts', 'organization', '--types', 'AWS::SQS::Queue');
    expect(policy.Statement.flatMap(({ Action }) => Action)).toEqual(
      expect.arrayContaining(['organizations:ListAccounts', 'sts:AssumeRole']),
    );
  });

  it('of Kubernetes lists the kinds that were named, and nothing else', async () => {
    const { stdout } = await run('kubernetes', '--types', 'kubernetes_deployment_v1,v1/Service');
    expect(parse(stdout)).toMatchObject({
      kind: 'ClusterRole',
      rules: [
        { apiGroups: ['apps'], resources: ['deployments'], verbs: ['list'] },
        { apiGroups: [''], resources: ['services'], verbs: ['list'] },
      ],
    });
  });

  it('of Azure reads the types that were named', async () => {
    const { stdout } = await run('azure', '--types', 'azurerm_key_vault');
    const { Actions } = JSON.parse(stdout) as { Actions: readonly string[] };
    expect(Actions).toContain('microsoft.keyvault/vaults/read');
    expect(Actions).not.toContain('*/read');
  });

  it('of Google Cloud is what gcloud takes, and Terraform', async () => {
    expect(parse((await run('gcp')).stdout)).toMatchObject({
      includedPermissions: expect.arrayContaining(['cloudasset.assets.listResource']),
    });
    const { stdout } = await run('gcp', '--format', 'terraform');
    expect(stdout).toContain('resource "google_project_iam_custom_role" "driftguard_read" {');
  });

  it.each([
    [['aws', '--with', 'everything'], 'Allowed are'],
    [['aws', '--types', 'google_storage_bucket'], 'name its native type'],
    [['oracle'], 'Allowed choices'],
  ])('refuses %j', async (args, words) => {
    const { code, stderr } = await run(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(words);
  });
});
