import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../../core/providers/index.js';
import { compareAws, paths } from '../../../knowledge/testing/compare-aws.js';

const declared = {
  root_block_device: [
    {
      device_name: '/dev/xvda',
      volume_size: 16,
      volume_type: 'gp3',
      encrypted: true,
      delete_on_termination: true,
      tags: {},
      tags_all: { Owner: 'x' },
    },
  ],
};
const instance = {
  rootDeviceName: '/dev/xvda',
  blockDeviceMappings: [
    { deviceName: '/dev/sdb', ebs: { volumeId: 'vol-2' } },
    { deviceName: '/dev/xvda', ebs: { volumeId: 'vol-1', deleteOnTermination: true } },
  ],
};
const disk = {
  volumeId: 'vol-1',
  size: 16,
  volumeType: 'gp3',
  encrypted: true,
  tags: [{ key: 'Owner', value: 'x' }],
};

function drift(properties?: JsonObject): string[] {
  const beside = properties ? [{ type: 'AWS::EC2::Volume', id: 'vol-1', properties }] : [];
  return paths(
    compareAws('aws_instance', declared, instance, {
      format: 'aws-config',
      actualType: 'AWS::EC2::Instance',
      liveBeside: beside,
    }),
  ).filter((line) => !line.endsWith('tags_all'));
}

describe('the root device of an instance', () => {
  it('is compared with the volume beside it', () => {
    expect(drift(disk)).toEqual([]);
    expect(drift({ ...disk, size: 32, encrypted: false })).toEqual([
      'confirmed root_block_device[0].volume_size',
      'confirmed root_block_device[0].encrypted',
    ]);
  });

  it('is not compared where the volume was not read', () => {
    expect(drift()).toEqual(['not-compared root_block_device']);
  });
});
