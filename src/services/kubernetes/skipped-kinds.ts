/**
 * Kinds that are not read unless a scan names them or the code declares them: the cluster writes them by itself, all the time, and
 * none of them is what anybody's code describes.
 */
export const SKIPPED_KINDS: ReadonlySet<string> = new Set([
  // What happened, kept for an hour.
  '/Event',
  'events.k8s.io/Event',
  // Heartbeats of nodes and leaders, renewed every few seconds.
  'coordination.k8s.io/Lease',
  // Where a Service's pods are right now.
  '/Endpoints',
  'discovery.k8s.io/EndpointSlice',
  // Copies of a DaemonSet's or StatefulSet's own template.
  'apps/ControllerRevision',
  // Health of control plane parts, deprecated since 1.19, not stored.
  '/ComponentStatus',
  // Measurements, not objects.
  'metrics.k8s.io/NodeMetrics',
  'metrics.k8s.io/PodMetrics',
]);

/** Groups that show another group's objects a second time; they are read last, so the object keeps its present name. */
export const LEGACY_GROUPS: readonly string[] = [
  'events.k8s.io',
  'extensions',
  'authorization.openshift.io',
];
