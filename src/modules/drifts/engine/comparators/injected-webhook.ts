import type { JsonObject, JsonValue } from '../../../../core/providers/index.js';
import type { Comparator } from '../comparator.js';
import type { Field } from '../field.js';
import { ownerNames } from '../lenses/kubernetes/field-managers.js';
import { isKubernetes } from '../lenses/kubernetes/pair.js';
import { isEmpty, isObject, read } from '../values.js';

function textsIn(shelf: JsonObject | null, key: string): readonly string[] {
  const list = shelf ? read(shelf, key) : undefined;
  return Array.isArray(list) ? list.filter((entry) => typeof entry === 'string') : [];
}

function annotationsOf(field: Field): readonly string[] {
  const written = read(field.pair.declared.attributes, 'metadata');
  const metadata = Array.isArray(written) ? written[0] : written;
  const annotations = isObject(metadata) ? read(metadata, 'annotations') : undefined;
  return isObject(annotations) ? Object.keys(annotations) : [];
}

/** Somebody the manifest invites, or a known injector that owns the very field. */
function injectorOf(field: Field): string | undefined {
  const shelf = field.pair.knowledge.load('kubernetes/injectors');
  const invited = textsIn(shelf, 'caBundleAnnotations');
  const annotation = annotationsOf(field).find((key) => invited.includes(key));
  if (annotation !== undefined) return `the injector named by the annotation ${annotation}`;
  const known = textsIn(shelf, 'caBundleManagers');
  return ownerNames(field).find((owner) => known.includes(owner));
}

/** A newline in base64 is what an empty bundle looks like in a template. */
function isPlaceholder(value: JsonValue | undefined): boolean {
  return isEmpty(value) || value === 'Cg==';
}

/**
 * A `caBundle` the manifest leaves out is filled by the certificate injector it asks for, and Istio turns its own
 * webhooks from `Ignore` to `Fail` once they are ready (F50).
 */
export const injectedWebhook: Comparator = {
  name: 'injected-webhook',
  rule(declared, actual, field) {
    if (!isKubernetes(field)) return undefined;
    if (field.key === 'caBundle' && isPlaceholder(declared) && typeof actual === 'string') {
      const injector = injectorOf(field);
      if (injector === undefined) return undefined;
      return { kind: 'expected', why: `The certificate bundle is kept by ${injector}.` };
    }
    if (field.key !== 'failurePolicy' || declared !== 'Ignore' || actual !== 'Fail')
      return undefined;
    if (!ownerNames(field).includes('pilot-discovery')) return undefined;
    return {
      kind: 'expected',
      why: 'Istio (pilot-discovery) enables its webhook once it is ready.',
    };
  },
};
