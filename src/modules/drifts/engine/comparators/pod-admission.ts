import type { JsonValue } from '../../../../core/providers/index.js';
import type { Comparator } from '../comparator.js';
import { isKubernetes } from '../lenses/kubernetes/pair.js';
import { isObject, read } from '../values.js';

const TOKEN_VOLUME = /^(kube-api-access|[\w.-]+-token)-[a-z0-9]{5}$/;
const TOKEN_MOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';
const NODE_CONDITIONS = new Set([
  'node.kubernetes.io/not-ready',
  'node.kubernetes.io/unreachable',
  'node.kubernetes.io/memory-pressure',
]);

function named(value: JsonValue | undefined): boolean {
  return typeof value === 'string' && TOKEN_VOLUME.test(value);
}

/** What the admission plugins ServiceAccount and DefaultTolerationSeconds write, told by all of its content. */
const WRITTEN: Readonly<Record<string, (element: JsonValue) => boolean>> = {
  volumes: (volume) =>
    isObject(volume) &&
    named(read(volume, 'name')) &&
    (isObject(read(volume, 'projected')) || isObject(read(volume, 'secret'))),
  volumeMounts: (mount) =>
    isObject(mount) && named(read(mount, 'name')) && read(mount, 'mountPath') === TOKEN_MOUNT,
  tolerations: (toleration) => {
    const key = isObject(toleration) ? read(toleration, 'key') : undefined;
    return typeof key === 'string' && NODE_CONDITIONS.has(key);
  },
};

/** Every pod gets the token of its service account and tolerates a node that is briefly gone (Kubernetes admission). */
export const podAdmission: Comparator = {
  name: 'pod-admission',
  rule(declared, actual, field) {
    if (declared !== undefined || actual === undefined || !isKubernetes(field)) return undefined;
    if (read(field.pair.actual.properties, 'kind') !== 'Pod') return undefined;
    const list = /\.(volumes|volumeMounts|tolerations)(?:\[[^\]]*\]|\.[^.[\]]+)?$/.exec(
      field.path,
    )?.[1];
    const isWritten = list === undefined ? undefined : WRITTEN[list];
    const elements = Array.isArray(actual) ? actual : [actual];
    if (!isWritten || !elements.every(isWritten)) return undefined;
    return { kind: 'expected', why: 'Admission adds it to every pod.' };
  },
};
