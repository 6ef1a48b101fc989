import type { JsonObject, JsonValue } from '../../../../core/providers/index.js';
import type { Comparator } from '../comparator.js';
import type { Field } from '../field.js';
import { isKubernetes } from '../lenses/kubernetes/pair.js';
import { canonicalText, isObject, read } from '../values.js';

const TARGETS = /^(TargetGroups|target_group|route)$/;
const SERVICES = ['AWS::ECS::Service', 'aws_ecs_service'];
/** Deployments that move traffic between target groups by themselves (ECS, "DeploymentController", "Blue/green deployments"). */
const SHIFTING = /"(CODE_DEPLOY|EXTERNAL|BLUE_GREEN|LINEAR|CANARY)"/;

function objects(value: JsonValue | undefined): readonly JsonObject[] | undefined {
  return Array.isArray(value) && value.length > 0 && value.every(isObject) ? value : undefined;
}

/** The target alone, without its share; undefined where no element has a share. */
function unweighted(list: readonly JsonObject[]): string | undefined {
  const plain = list.map((one) =>
    Object.fromEntries(Object.entries(one).filter(([key]) => !/^weight$/i.test(key))),
  );
  const shared = list.some((one) => Object.keys(one).some((key) => /^weight$/i.test(key)));
  return shared ? plain.map(canonicalText).sort().join() : undefined;
}

function textIn(value: JsonValue | undefined): string {
  return value === undefined ? '' : canonicalText(value);
}

/** A declared service that deploys blue/green and names one of these target groups. */
function serviceFor(targets: readonly JsonObject[], { pair }: Field): string | undefined {
  const arns = targets
    .map((one) => read(one, 'TargetGroupArn') ?? read(one, 'arn'))
    .filter((one) => typeof one === 'string');
  const services = SERVICES.flatMap((type) => pair.scan.estate.declaredOfType(type));
  return services.find(({ attributes }) => {
    const how = ['DeploymentController', 'deployment_controller', 'DeploymentConfiguration'];
    if (!how.some((name) => SHIFTING.test(textIn(read(attributes, name))))) return false;
    const where = textIn(read(attributes, 'LoadBalancers') ?? read(attributes, 'load_balancer'));
    return arns.some((arn) => where.includes(`"${arn}"`));
  })?.address;
}

/** A declared Argo Rollout that steers this VirtualService (Argo Rollouts, "Traffic management: Istio"). */
function rolloutFor({ pair }: Field): string | undefined {
  const metadata = read(pair.actual.properties, 'metadata');
  const name = isObject(metadata) ? read(metadata, 'name') : undefined;
  if (typeof name !== 'string' || pair.actual.type !== 'VirtualService') return undefined;
  return pair.scan.estate.declaredOfType('Rollout').find(({ attributes }) => {
    const spec = read(attributes, 'spec');
    const strategy = textIn(isObject(spec) ? read(spec, 'strategy') : undefined);
    return strategy.includes('"trafficRouting"') && strategy.includes(`"name":"${name}"`);
  })?.address;
}

/**
 * Shares of traffic that a deployment moves between the declared targets (F60). Another target, or no such deployment in
 * the code, is drift.
 */
export const trafficShift: Comparator = {
  name: 'traffic-shift',
  rule(declared, actual, field) {
    if (!TARGETS.test(field.key)) return undefined;
    const [left, right] = [objects(declared), objects(actual)];
    if (!left || !right) return undefined;
    const targets = unweighted(left);
    if (targets === undefined || targets !== unweighted(right)) return undefined;
    const owner = isKubernetes(field) ? rolloutFor(field) : serviceFor(left, field);
    if (owner === undefined) return undefined;
    return { kind: 'expected', why: `${owner} moves traffic between these targets.` };
  },
};
