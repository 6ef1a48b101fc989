import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readCodeFolder } from './read-code-folder.js';

const GROUP = `
resource "aws_autoscaling_group" "web" {
  count            = 2
  desired_capacity = 3
  lifecycle {
    ignore_changes = [desired_capacity, tags["Owner"], ingress[0].description]
  }
}
resource "aws_instance" "pet" {
  lifecycle { ignore_changes = all }
}
resource "aws_instance" "plain" {
  lifecycle { create_before_destroy = true }
}
`;

describe('lifecycle.ignore_changes of a folder', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), 'driftguard-code-'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));
  const write = async (name: string, content: string): Promise<void> => {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), content);
  };

  it('becomes rules that name address and paths', async () => {
    await write('main.tf', GROUP);
    expect(await readCodeFolder(root)).toMatchObject([
      {
        name: 'lifecycle.ignore_changes',
        origin: `${path.join(root, 'main.tf')}: aws_autoscaling_group.web`,
        addresses: ['aws_autoscaling_group.web', 'aws_autoscaling_group.web[*]'],
        paths: ['desired_capacity', 'tags["Owner"]', 'ingress[0].description'],
        silences: ['modified'],
      },
      { addresses: ['aws_instance.pet', 'aws_instance.pet[*]'], paths: [] },
    ]);
  });

  it('follows local and installed modules, with the address they get', async () => {
    await write(
      'main.tf',
      'module "a" { source = "./a" }\nmodule "vpc" { source = "acme/vpc/aws" }',
    );
    await write(
      'a/main.tf.json',
      JSON.stringify({ resource: { x_y: { z: { lifecycle: { ignore_changes: ['v'] } } } } }),
    );
    await write(
      '.terraform/modules/vpc/main.tf',
      'resource "x_y" "w" {\n  lifecycle { ignore_changes = [v] }\n}',
    );
    await write(
      '.terraform/modules/modules.json',
      JSON.stringify({
        Modules: [
          { Key: '', Dir: '.' },
          { Key: 'vpc', Dir: '.terraform/modules/vpc' },
        ],
      }),
    );
    const rules = await readCodeFolder(root);
    expect(rules.map(({ addresses }) => addresses[0])).toEqual([
      'module.a.x_y.z',
      'module.vpc.x_y.w',
    ]);
    expect(rules[0]?.addresses).toContain('module.a[*].x_y.z[*]');
  });

  it('ends where modules call each other', async () => {
    await write('main.tf', 'module "self" { source = "./" }');
    expect(await readCodeFolder(root)).toEqual([]);
  });

  it('names file and line of what it cannot read', async () => {
    await write('main.tf', 'resource "a" "b" {\n  x = \n}\n');
    await expect(readCodeFolder(root)).rejects.toThrow(/main\.tf:2: not valid Terraform code: \w/);
    await expect(readCodeFolder(path.join(root, 'nowhere'))).rejects.toThrow('no folder');
  });
});
