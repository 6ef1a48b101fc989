/** A Terraform state with buckets of these names; `secret` becomes the password of a database. */
export function terraformState(names: readonly string[], secret = 'canary-a81f'): string {
  const resource = (type: string, name: string, attributes: object, sensitive: unknown[] = []) => ({
    mode: 'managed',
    type,
    name,
    provider: 'provider["registry.terraform.io/hashicorp/aws"]',
    instances: [{ schema_version: 0, attributes, sensitive_attributes: sensitive }],
  });
  return JSON.stringify(
    {
      version: 4,
      terraform_version: '1.9.5',
      serial: 7,
      lineage: '3f1c9c1e-0000-4000-8000-000000000000',
      outputs: {},
      resources: [
        ...names.map((name) =>
          resource('aws_s3_bucket', name, {
            id: name,
            arn: `arn:aws:s3:::${name}`,
            bucket: name,
            force_destroy: false,
            tags: { team: 'shop' },
          }),
        ),
        resource(
          'aws_db_instance',
          'main',
          { id: 'db-main', identifier: 'main', engine: 'postgres', password: secret },
          [[{ type: 'get_attr', value: 'password' }]],
        ),
      ],
      check_results: null,
    },
    null,
    2,
  );
}
