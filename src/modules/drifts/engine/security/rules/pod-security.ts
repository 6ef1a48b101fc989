import type { JsonValue } from '../../../../../core/providers/index.js';
import { changed, strengthened, turned, weakened } from '../sense.js';
import { textsOf } from '../values.js';
import type { SecurityRule } from './rule.js';

/** Capabilities that amount to the host (Linux: capabilities(7)). */
const HOST_LIKE = new Set([
  'ALL',
  'SYS_ADMIN',
  'SYS_MODULE',
  'SYS_PTRACE',
  'SYS_RAWIO',
  'NET_ADMIN',
  'DAC_READ_SEARCH',
  'BPF',
]);
/** What the baseline profile lets a container have anyway (Kubernetes: Pod Security Standards). */
const capability = (text: string): string => text.toUpperCase().replace(/^CAP_/, '');

const gained = (before: JsonValue | undefined, after: JsonValue | undefined): string[] => {
  const known = new Set(textsOf(before).map(capability));
  return textsOf(after)
    .map(capability)
    .filter((one) => !known.has(one));
};

/** Linux capabilities of a container: more added or fewer dropped. */
export const capabilities: SecurityRule = ({ path, before, after }) => {
  const [, list] = /capabilities\.(add|drop)$/.exec(path) ?? [];
  if (list === undefined) return undefined;
  const [more, less] = [gained(before, after), gained(after, before)];
  const won = list === 'add' ? more : less;
  const lost = list === 'add' ? less : more;
  if (won.length > 0) {
    const grave = list === 'add' && won.some((one) => HOST_LIKE.has(one));
    return weakened(grave ? 'critical' : 'high', `The container may do more: ${won.join(', ')}.`);
  }
  return lost.length > 0
    ? strengthened('high', `The container may do less: ${lost.join(', ')}.`)
    : undefined;
};

/** A folder or port of the node inside the pod. */
export const hostAccess: SecurityRule = ({ path, key, before, after }) => {
  const mount = /(^|\.)host_path(\.path)?$/.test(path);
  if (!mount && key !== 'host_port') return undefined;
  const what = mount ? 'A folder of the node is mounted' : 'A port of the node is used';
  const severity = mount ? 'critical' : 'medium';
  const [was, is] = [before, after].map((side) => side !== undefined && side !== 0 && side !== '');
  if (was && is) return changed(severity, `${what}: another one.`);
  if (was === is) return undefined;
  return turned(is === true, severity, `${what}${is === true ? '' : ' no longer'}.`);
};

/** The user a container runs as: 0 is root. */
export const rootUser: SecurityRule = ({ key, before, after }) => {
  if (key !== 'run_as_user' && key !== 'run_as_group') return undefined;
  const root = (value: JsonValue | undefined): boolean | undefined =>
    value === undefined ? undefined : Number(value) === 0;
  const [was, is] = [root(before), root(after)];
  if (was === is) return undefined;
  if (is === true) return weakened('high', 'The container runs as root.');
  if (was === true) return strengthened('high', 'The container no longer runs as root.');
  return is === undefined
    ? weakened('medium', 'The container runs as whatever its image says.')
    : strengthened('medium', 'The container no longer runs as whatever its image says.');
};

/** How far a service reaches: inside the cluster, on every node, or the world. */
const REACH = ['ExternalName', 'ClusterIP', 'NodePort', 'LoadBalancer'];

export const serviceReach: SecurityRule = ({ path, before, after }, { declared, actual }) => {
  if (path !== 'spec.type' || (actual.type !== 'Service' && !declared.type.includes('service')))
    return undefined;
  const [was, is] = [before ?? 'ClusterIP', after ?? 'ClusterIP'].map((side) =>
    typeof side === 'string' ? REACH.indexOf(side) : -1,
  );
  if (was === undefined || is === undefined || was < 0 || is < 0 || was === is) return undefined;
  return turned(
    is > was,
    'medium',
    is > was ? 'The service reaches further out.' : 'The service reaches less far out.',
  );
};
