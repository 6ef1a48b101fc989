/**
 * Types Cloud Asset Inventory lists (a choice of them): https://cloud.google.com/asset-inventory/docs/asset-types. Those of an estate are
 * listed as well; anything else is refused, as the service does.
 */
const BY_SERVICE: Readonly<Record<string, string>> = {
  apigateway: 'Api ApiConfig Gateway',
  artifactregistry: 'Repository DockerImage',
  bigquery: 'Dataset Table Model',
  bigtableadmin: 'Instance Cluster Table Backup',
  cloudbuild: 'Build BuildTrigger',
  cloudfunctions: 'CloudFunction Function',
  cloudkms: 'KeyRing CryptoKey CryptoKeyVersion ImportJob',
  cloudresourcemanager: 'Project Folder Organization TagKey TagValue Lien',
  cloudscheduler: 'Job',
  cloudtasks: 'Queue',
  compute:
    'Address Autoscaler BackendBucket BackendService Disk Firewall FirewallPolicy ForwardingRule GlobalAddress GlobalForwardingRule HealthCheck Image Instance InstanceGroup InstanceGroupManager InstanceTemplate Network Project RegionBackendService Route Router SecurityPolicy Snapshot SslCertificate SslPolicy Subnetwork TargetHttpProxy TargetHttpsProxy UrlMap VpnGateway VpnTunnel',
  container: 'Cluster NodePool',
  dataflow: 'Job',
  dns: 'ManagedZone Policy ResourceRecordSet',
  file: 'Instance Backup',
  firestore: 'Database',
  iam: 'Role ServiceAccount ServiceAccountKey',
  logging: 'LogBucket LogMetric LogSink',
  monitoring: 'AlertPolicy NotificationChannel UptimeCheckConfig',
  pubsub: 'Schema Snapshot Subscription Topic',
  redis: 'Instance',
  run: 'Revision Service DomainMapping Job',
  secretmanager: 'Secret SecretVersion',
  serviceusage: 'Service',
  spanner: 'Instance Database Backup',
  sqladmin: 'Instance BackupRun',
  storage: 'Bucket',
  vpcaccess: 'Connector',
};

export const LISTED_TYPES: ReadonlySet<string> = new Set(
  Object.entries(BY_SERVICE).flatMap(([service, kinds]) =>
    kinds.split(' ').map((kind) => `${service}.googleapis.com/${kind}`),
  ),
);
