import type { JsonObject, JsonValue } from '../../../../core/providers/index.js';
import type { Comparator } from '../comparator.js';
import type { Field } from '../field.js';
import { isKubernetes } from '../lenses/kubernetes/pair.js';
import { isObject, read } from '../values.js';

interface Band {
  readonly min: number;
  readonly max: number;
  readonly name: string;
}

interface ScalerKind {
  readonly kind: string;
  readonly min: string;
  readonly max: string;
  readonly defaultMin: number;
  /** Null where the scaler has to state it. */
  readonly defaultMax: number | null;
  readonly defaultTarget: string | null;
}

/** HorizontalPodAutoscaler (autoscaling/v2) and KEDA's ScaledObject (keda.sh/v1alpha1), with their published defaults. */
const SCALERS: readonly ScalerKind[] = [
  {
    kind: 'HorizontalPodAutoscaler',
    min: 'minReplicas',
    max: 'maxReplicas',
    defaultMin: 1,
    defaultMax: null,
    defaultTarget: null,
  },
  {
    kind: 'ScaledObject',
    min: 'minReplicaCount',
    max: 'maxReplicaCount',
    defaultMin: 0,
    defaultMax: 100,
    defaultTarget: 'Deployment',
  },
];

function text(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

function objectAt(parent: JsonObject, key: string): JsonObject {
  const value = read(parent, key);
  return isObject(value) ? value : {};
}

function bandIn(
  spec: JsonObject,
  { min, max, defaultMin, defaultMax }: Omit<ScalerKind, 'kind' | 'defaultTarget'>,
  name: string,
): Band | undefined {
  const low = read(spec, min) ?? defaultMin;
  const high = read(spec, max) ?? defaultMax;
  if (typeof low !== 'number' || typeof high !== 'number') return undefined;
  return { min: low, max: high, name };
}

function namespaceOf(object: JsonObject): string {
  return text(read(objectAt(object, 'metadata'), 'namespace'));
}

function targets(scaler: JsonObject, { defaultTarget }: ScalerKind, field: Field): boolean {
  const live = field.pair.actual.properties;
  const reference = objectAt(objectAt(scaler, 'spec'), 'scaleTargetRef');
  const kind = text(read(reference, 'kind')) || (defaultTarget ?? '');
  const [here, there] = [namespaceOf(live), namespaceOf(scaler)];
  return (
    kind === (text(read(live, 'kind')) || field.pair.actual.type) &&
    text(read(reference, 'name')) === text(read(objectAt(live, 'metadata'), 'name')) &&
    (here === there || here === '' || there === '')
  );
}

/** The autoscaler of this very object: declared ones first, because their band is what the code allows. */
function bandFor(field: Field): Band | undefined {
  const { estate, facts } = field.pair.scan;
  for (const scaler of SCALERS) {
    const objects = [
      ...estate.declaredOfType(scaler.kind).map((resource) => resource.attributes),
      ...estate.actualOfType(scaler.kind).map((resource) => resource.properties),
    ];
    for (const object of objects) {
      if (!targets(object, scaler, field)) continue;
      const name = `${scaler.kind} ${text(read(objectAt(object, 'metadata'), 'name'))}`;
      const band = bandIn(objectAt(object, 'spec'), scaler, name);
      if (band) return band;
    }
  }
  const given = read(facts, 'hpa');
  const [hpa] = SCALERS;
  if (!isObject(given) || !hpa || read(given, 'target') !== 'this') return undefined;
  return bandIn(given, hpa, 'its HorizontalPodAutoscaler');
}

/** `spec.replicas` is the autoscaler's business inside its band, and drift outside it (F48). */
export const autoscalerBand: Comparator = {
  name: 'autoscaler-band',
  rule(_declared, actual, field) {
    if (field.path !== 'spec.replicas' || !isKubernetes(field)) return undefined;
    if (typeof actual !== 'number') return undefined;
    const band = bandFor(field);
    if (!band) return undefined;
    if (actual >= band.min && actual <= band.max) {
      return {
        kind: 'expected',
        why: `${band.name} may set it anywhere from ${band.min} to ${band.max}.`,
      };
    }
    return {
      kind: 'differs',
      verdict: 'confirmed',
      why: `It is outside the ${band.min} to ${band.max} that ${band.name} allows.`,
    };
  },
};
