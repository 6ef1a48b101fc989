import type { JsonObject, JsonValue } from '../../../../../core/providers/index.js';
import { identical, isObject, read } from '../../values.js';

/** A manifest in the words of the version the cluster answers in. */
export interface MovedManifest {
  readonly manifest: JsonObject;
  /** False when both sides speak the same version. */
  readonly moved: boolean;
  /** `spec.defaultBackend.service.name` → `spec.backend.serviceName`. */
  inCode(path: string): string;
}

interface VersionMove {
  /** The version of the live object, and the shape only older ones have. */
  readonly to: string;
  readonly kind: string;
  move(spec: JsonObject): JsonObject;
  /** From the new path to that in the old `spec`. */
  paths(spec: JsonObject): readonly (readonly [from: RegExp, to: string])[];
}

function without(object: JsonObject, ...names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([key]) => !names.includes(key)));
}

function objects(value: JsonValue | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** A key under another name, where the object has it. */
function renamed(object: JsonObject, from: string, to: string): JsonObject {
  const value = read(object, from);
  return value === undefined ? object : { ...without(object, from), [to]: value };
}

function backend(value: JsonValue): JsonValue {
  if (!isObject(value)) return value;
  const { serviceName, servicePort } = value;
  if (serviceName === undefined && servicePort === undefined) return value;
  const number =
    typeof servicePort === 'number' ||
    (typeof servicePort === 'string' && /^\d+$/.test(servicePort));
  const port = number ? { number: Number(servicePort) } : { name: servicePort ?? '' };
  const service = {
    ...(serviceName !== undefined && { name: serviceName }),
    ...(servicePort !== undefined && { port }),
  };
  return { ...without(value, 'serviceName', 'servicePort'), service };
}

/** The older versions let the path type out, which means this one. */
function path(value: JsonObject): JsonObject {
  const target = read(value, 'backend');
  const moved = target === undefined ? undefined : backend(target);
  return moved === undefined || moved === target
    ? value
    : { pathType: 'ImplementationSpecific', ...value, backend: moved };
}

function rule(value: JsonObject): JsonObject {
  const http = read(value, 'http');
  if (!isObject(http) || !Array.isArray(http.paths)) return value;
  return { ...value, http: { ...http, paths: objects(http.paths).map(path) } };
}

/** https://kubernetes.io/docs/reference/using-api/deprecation-guide/#ingress-v122 */
const INGRESS: VersionMove = {
  to: 'networking.k8s.io/v1',
  kind: 'Ingress',
  move(spec) {
    const moved = renamed(spec, 'backend', 'defaultBackend');
    const { defaultBackend, rules } = moved;
    return {
      ...moved,
      ...(defaultBackend !== undefined && { defaultBackend: backend(defaultBackend) }),
      ...(Array.isArray(rules) && { rules: objects(rules).map(rule) }),
    };
  },
  paths: (spec) => [
    [/\bservice\.port(\.(number|name))?$/, 'servicePort'],
    [/\bservice\.name$/, 'serviceName'],
    [/\.service$/, ''],
    ...(read(spec, 'backend') === undefined
      ? []
      : ([[/^spec\.defaultBackend\b/, 'spec.backend']] as const)),
  ],
};

/** What every version of a definition shared before each had its own. */
const SHARED = ['subresources', 'additionalPrinterColumns', 'validation'];

function printerColumns(value: JsonValue): JsonValue {
  return Array.isArray(value)
    ? objects(value).map((column) => renamed(column, 'JSONPath', 'jsonPath'))
    : value;
}

function conversion(value: JsonValue): JsonValue {
  if (!isObject(value)) return value;
  const { webhookClientConfig, conversionReviewVersions } = value;
  if (webhookClientConfig === undefined) return value;
  const webhook = {
    clientConfig: webhookClientConfig,
    ...(conversionReviewVersions !== undefined && { conversionReviewVersions }),
  };
  return { ...without(value, 'webhookClientConfig', 'conversionReviewVersions'), webhook };
}

/** https://kubernetes.io/docs/reference/using-api/deprecation-guide/#customresourcedefinition-v122 */
const DEFINITION: VersionMove = {
  to: 'apiextensions.k8s.io/v1',
  kind: 'CustomResourceDefinition',
  move(spec) {
    const { version, versions, validation, subresources, additionalPrinterColumns } = spec;
    const listed = objects(versions);
    const single = typeof version === 'string' && listed.length === 0;
    const own = single ? [{ name: version, served: true, storage: true }] : listed;
    const shared: JsonObject = {
      ...(validation !== undefined && { schema: validation }),
      ...(subresources !== undefined && { subresources }),
      ...(additionalPrinterColumns !== undefined && { additionalPrinterColumns }),
    };
    const moved = own.map((one): JsonObject => {
      const all: JsonObject = { ...shared, ...one };
      const columns = read(all, 'additionalPrinterColumns');
      return columns === undefined
        ? all
        : { ...all, additionalPrinterColumns: printerColumns(columns) };
    });
    return {
      ...without(spec, 'version', ...SHARED),
      ...(moved.length > 0 && { versions: moved }),
      ...(spec.conversion !== undefined && { conversion: conversion(spec.conversion) }),
    };
  },
  paths: (spec) => [
    [/\bjsonPath$/, 'JSONPath'],
    ...SHARED.filter((name) => read(spec, name) !== undefined).map((name) => {
      const own = name === 'validation' ? 'schema' : name;
      return [new RegExp(`^spec\\.versions\\[\\d+\\]\\.${own}\\b`), `spec.${name}`] as const;
    }),
  ],
};

/** https://kubernetes.io/docs/reference/using-api/deprecation-guide/#horizontalpodautoscaler-v125 */
const AUTOSCALER: VersionMove = {
  to: 'autoscaling/v2',
  kind: 'HorizontalPodAutoscaler',
  move(spec) {
    const { targetCPUUtilizationPercentage: percentage, metrics } = spec;
    if (percentage === undefined) return spec;
    const target = { type: 'Utilization', averageUtilization: percentage };
    const cpu = { type: 'Resource', resource: { name: 'cpu', target } };
    const others = Array.isArray(metrics) ? metrics : [];
    const moved = others.length > 0 ? others : [cpu];
    return { ...without(spec, 'targetCPUUtilizationPercentage'), metrics: moved };
  },
  paths: () => [[/^spec\.metrics\b.*/, 'spec.targetCPUUtilizationPercentage']],
};

const MOVES: readonly VersionMove[] = [INGRESS, DEFINITION, AUTOSCALER];

/** Whether the shape changed, and to the one the live object really has. */
function isAnother(moved: JsonObject, spec: JsonObject, live: JsonObject): boolean {
  const there = read(live, 'spec');
  const gone = Object.keys(spec).filter((key) => !Object.hasOwn(moved, key));
  const kept = isObject(there) && gone.some((key) => Object.hasOwn(there, key));
  return !kept && !identical(moved, spec);
}

/**
 * The manifest as the version of the live object would say it, where that version arranges the same object in another way.
 * Told by the shape, so that a manifest already written in the new one stays as it is.
 */
export function inVersionOf(live: JsonObject, manifest: JsonObject): MovedManifest {
  const spec = read(manifest, 'spec');
  const move = MOVES.find(
    ({ to, kind }) => read(live, 'apiVersion') === to && read(live, 'kind') === kind,
  );
  const moved = move && isObject(spec) ? move.move(spec) : undefined;
  if (!move || !isObject(spec) || moved === undefined || !isAnother(moved, spec, live))
    return { manifest, moved: false, inCode: (place) => place };
  const paths = move.paths(spec);
  return {
    manifest: { ...manifest, spec: moved },
    moved: true,
    inCode: (place) => paths.reduce((text, [from, to]) => text.replace(from, to), place),
  };
}
