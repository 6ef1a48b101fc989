import type { ActualResource, Attribution, ChangeClient } from '../../../core/providers/index.js';
import {
  applierOf,
  isByHand,
  isControlPlane,
  managersOf,
  ownersAt,
  type FieldManager,
} from '../engine/lenses/kubernetes/field-managers.js';

/** Deployment tools by the field manager they write under. */
const DEPLOYMENT_TOOL =
  /^(helm|argocd(-[\w-]+)?|kustomize-controller|helm-controller|terraform(-[\w-]+)?|HashiCorp|Terraform|pulumi[\w-]*|kubectl-(client-side-apply|last-applied))$/;

/**
 * Who last wrote a place of a live Kubernetes object, from its `managedFields`. Ownership is kept per field, so a single owner
 * is certain; what several own, the latest of them wrote. Null where no one owns the place, as of a field that was removed.
 */
export function attributeByManagers(
  actual: ActualResource,
  actualPath: string,
): Attribution | null {
  const owners =
    actualPath === '' ? managersOf(actual.properties) : ownersAt(actual.properties, actualPath);
  const [latest] = [...owners].sort(newestFirst);
  if (latest === undefined) return null;
  return {
    source: 'kubernetes-managed-fields',
    actor: latest.name,
    client: clientOf(latest, actual),
    at: latest.time,
    action: latest.operation,
    confidence: owners.length === 1 ? 'high' : 'medium',
    candidates: owners.length,
  };
}

function clientOf(manager: FieldManager, actual: ActualResource): ChangeClient {
  if (isControlPlane(manager)) return 'controller';
  if (DEPLOYMENT_TOOL.test(manager.name) || manager === applierOf(actual.properties)) return 'iac';
  if (!isByHand(manager)) return 'unknown';
  return /^(kubectl|oc|k9s|curl)/.test(manager.name) ? 'cli' : 'console';
}

function newestFirst(left: FieldManager, right: FieldManager): number {
  return (right.time ?? '').localeCompare(left.time ?? '');
}
