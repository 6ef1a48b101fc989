import type { DeclaredResource, JsonObject, JsonValue } from '../../../../core/providers/index.js';
import type { Comparator } from '../comparator.js';
import type { Field } from '../field.js';
import { read } from '../values.js';

const CAPACITY =
  /^(desired_?(capacity|count|size|v_?cpus)|(read|write)_?capacity(_?units)?|(node_?)?count)$/i;

/** Auto Scaling groups and node groups keep their own limits beside the capacity. */
const OWN_LIMITS: readonly (readonly [min: string, max: string])[] = [
  ['MinSize', 'MaxSize'],
  ['min_size', 'max_size'],
  ['MinvCpus', 'MaxvCpus'],
  ['min_vcpus', 'max_vcpus'],
];

/** Node pools that scale by themselves say so beside their limits (AKS, agent pool: "enableAutoScaling"). */
const OWN_SWITCH = ['enableAutoScaling', 'enable_auto_scaling', 'auto_scaling_enabled'];
const SWITCHED_LIMITS: readonly (readonly [min: string, max: string])[] = [
  ['minCount', 'maxCount'],
  ['min_count', 'max_count'],
];

/**
 * Groups that an autoscaler outside of the code scales between their own limits (Amazon EKS, NodegroupScalingConfig: "If you
 * use the Kubernetes Cluster Autoscaler, you shouldn't change the desiredSize value directly"), or that the service itself does (AWS Batch, ComputeResource: "Batch
 * modifies this value between the minimum and maximum values based on job queue demand").
 */
const NODE_GROUPS =
  /^(aws_eks_node_group|AWS::EKS::Nodegroup|aws_batch_compute_environment|AWS::Batch::ComputeEnvironment)$/;

/** Policies that move a group's capacity. */
const GROUP_POLICIES = ['AWS::AutoScaling::ScalingPolicy', 'aws_autoscaling_policy'];
/** Application Auto Scaling registers what it may scale, with the limits (ECS, DynamoDB, Aurora, …). */
const TARGETS = ['AWS::ApplicationAutoScaling::ScalableTarget', 'aws_appautoscaling_target'];

function first(object: JsonObject, ...names: string[]): JsonValue | undefined {
  return names
    .map((name) => read(object, name))
    .find((value) => value !== undefined && value !== null);
}

function limits(
  object: JsonObject,
  names: readonly (readonly [string, string])[],
): [number, number] | undefined {
  for (const [low, high] of names) {
    const min = Number(first(object, low));
    const max = Number(first(object, high));
    if (Number.isFinite(min) && Number.isFinite(max)) return [min, max];
  }
  return undefined;
}

function declaredOf(field: Field, types: readonly string[]): DeclaredResource[] {
  return types.flatMap((type) => field.pair.scan.estate.declaredOfType(type));
}

function identities({ declared, actual }: Field['pair']): string[] {
  const { id, name, aliases } = actual;
  return [id, name, ...aliases, declared.id, declared.name].filter(
    (one) => one !== null && one !== '',
  ) as string[];
}

function bandOf(field: Field): [number, number] | undefined {
  const parent = field.declaredParent;
  if (parent && OWN_SWITCH.some((name) => read(parent, name) === true))
    return limits(parent, SWITCHED_LIMITS);
  if (field.pair.declared.provider !== 'aws') return undefined;
  if (parent && NODE_GROUPS.test(field.pair.declared.type)) return limits(parent, OWN_LIMITS);
  const own = identities(field.pair);
  const refersHere = (value: JsonValue | undefined): boolean =>
    typeof value === 'string' &&
    own.some(
      (one) =>
        one === value ||
        (/[:/]$/.test(one.slice(0, -value.length)) && one.endsWith(value)) ||
        value.endsWith(`/${one}`),
    );
  const target = declaredOf(field, TARGETS).find((one) => {
    const dimension = first(one.attributes, 'ScalableDimension', 'scalable_dimension');
    const axis = /^(read|write)/i.exec(field.key)?.[1]?.toLowerCase();
    const fits =
      axis === undefined ||
      (typeof dimension === 'string' && dimension.toLowerCase().includes(axis));
    return fits && refersHere(first(one.attributes, 'ResourceId', 'resource_id'));
  });
  if (target)
    return limits(target.attributes, [
      ['MinCapacity', 'MaxCapacity'],
      ['min_capacity', 'max_capacity'],
    ]);
  const scaled = declaredOf(field, GROUP_POLICIES).some((one) =>
    refersHere(first(one.attributes, 'AutoScalingGroupName', 'autoscaling_group_name')),
  );
  return scaled && field.declaredParent ? limits(field.declaredParent, OWN_LIMITS) : undefined;
}

/**
 * A capacity that an autoscaler declared beside it may move (F48): expected inside its limits, drift outside them. Without
 * an autoscaler in the code a change is a change.
 */
export const capacityBand: Comparator = {
  name: 'capacity-band',
  rule(_declared, actual, field) {
    if (!CAPACITY.test(field.key)) return undefined;
    const value = Number(actual);
    const band = bandOf(field);
    if (!band || actual === undefined || actual === null || !Number.isFinite(value))
      return undefined;
    const [min, max] = band;
    if (value >= min && value <= max)
      return { kind: 'expected', why: `Its autoscaler may set it anywhere from ${min} to ${max}.` };
    return {
      kind: 'differs',
      verdict: 'confirmed',
      why: `It is outside the ${min} to ${max} its autoscaler allows.`,
    };
  },
};
