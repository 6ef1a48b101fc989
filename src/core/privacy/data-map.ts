/**
 * What the columns of a table hold, as far as people are concerned. Every text, JSON, address and binary column of every
 * table stands in here exactly once; a test asks the database which there are.
 */
export interface TableData {
  readonly table: string;
  /** What the rows are about, in words for docs/gdpr.md. */
  readonly about: string;
  /** Columns with the id of a user. The id alone names nobody once the user is anonymised. */
  readonly people?: readonly string[];
  /** Whether the rows of a person go when the person is anonymised; `people[0]` says whose they are. */
  readonly deleted?: boolean;
  /** Rewritten by code of their own: the user's row, the details of the audit log. */
  readonly own?: readonly string[];
  /** Names and addresses of people: taken out wherever they stand in it. Text or JSON. */
  readonly scrubbed?: readonly string[];
  /** What the cloud and the code of the customer say: mail addresses are taken out, names of objects are not. */
  readonly observed?: readonly string[];
  /** A copy of the customer's code, read anew from there: changing it here would be a drift that is none. */
  readonly mirrored?: readonly string[];
  /** Sealed, or a hash of a secret: no export has it. */
  readonly secret?: readonly string[];
  /** Kinds, states, digests, names of things. */
  readonly technical?: readonly string[];
}

export const DATA_MAP: readonly TableData[] = [
  {
    table: 'users',
    about: 'Accounts',
    people: ['id'],
    own: ['username', 'email'],
    secret: ['password_hash'],
    technical: ['role'],
  },
  {
    table: 'sessions',
    about: 'Where somebody is or was logged in',
    people: ['user_id'],
    deleted: true,
    own: ['ip', 'user_agent'],
    secret: ['family_hash', 'refresh_hash', 'previous_hash'],
    technical: ['method', 'end_reason'],
  },
  {
    table: 'account_links',
    about: 'Invitations, password resets, changes of address',
    people: ['user_id', 'created_by'],
    deleted: true,
    scrubbed: ['email', 'previous_email'],
    secret: ['token_hash'],
    technical: ['kind', 'role'],
  },
  {
    table: 'two_factors',
    about: 'The second factor of somebody',
    people: ['user_id'],
    deleted: true,
    secret: ['wrapped_key', 'sealed'],
  },
  {
    table: 'recovery_codes',
    about: 'Codes that stand in for a lost second factor',
    people: ['user_id'],
    deleted: true,
    secret: ['code_hash'],
  },
  {
    table: 'api_keys',
    about: 'Keys of people and service accounts for programs',
    people: ['user_id', 'created_by'],
    deleted: true,
    scrubbed: ['name'],
    secret: ['secret_hash'],
    technical: ['scopes', 'session_method'],
  },
  {
    table: 'service_accounts',
    about: 'Programs that call the API',
    people: ['created_by'],
    scrubbed: ['name', 'description'],
    technical: ['role'],
  },
  {
    table: 'sso_identities',
    about: 'Who somebody is at the identity provider',
    people: ['user_id'],
    deleted: true,
    own: ['subject'],
    technical: ['issuer'],
  },
  {
    table: 'sso_connections',
    about: 'The identity provider of the organization',
    people: ['break_glass_user'],
    secret: ['wrapped_key', 'sealed'],
    technical: [
      'issuer',
      'client_id',
      'token_auth_method',
      'scopes',
      'groups_claim',
      'role_mapping',
      'default_role',
      'allowed_domains',
      'second_factor_values',
    ],
  },
  {
    table: 'idempotency_keys',
    about: 'Answers to repeat, sealed; for a day',
    secret: ['request_hash', 'answer'],
    technical: ['principal', 'key', 'location'],
  },
  {
    table: 'consents',
    about: 'What somebody agreed to, and when',
    people: ['user_id'],
    technical: ['purpose', 'version'],
  },
  {
    table: 'deletion_requests',
    about: 'Requests to delete an account or the organization',
    people: ['user_id', 'requested_by'],
    technical: ['counts'],
  },
  {
    table: 'processing_records',
    about: 'Register of processing activities (Art. 30)',
    people: ['created_by'],
    scrubbed: ['name', 'purpose', 'legal_basis', 'data_categories', 'recipients', 'retention'],
  },
  { table: 'retention_policies', about: 'How long what is kept', technical: ['data_class'] },
  {
    table: 'audit_logs',
    about: 'Who did what: the hashed part, which names nobody',
    people: ['user_id'],
    technical: [
      'actor_kind',
      'action',
      'resource_type',
      'resource_id',
      'result',
      'code',
      'correlation_id',
      'details_digest',
      'previous_hash',
      'hash',
    ],
  },
  {
    table: 'audit_details',
    about: 'Who did what: name, address, user agent, values before and after',
    own: ['content'],
    secret: ['salt'],
  },
  {
    table: 'audit_intents',
    about: 'Calls that have begun; for minutes',
    people: ['user_id'],
    scrubbed: ['content'],
    technical: ['actor_kind', 'action', 'resource_type', 'resource_id', 'correlation_id'],
  },
  { table: 'audit_chains', about: 'The end of the audit chain', technical: ['hash'] },
  { table: 'audit_anchors', about: 'Where removed audit entries ended', technical: ['hash'] },
  {
    table: 'organizations',
    about: 'The organization and whom to write to',
    scrubbed: ['name', 'description', 'contact_email'],
    technical: ['slug'],
  },
  {
    table: 'organization_settings',
    about: 'Settings of the organization',
    secret: ['slack_webhook_url'],
  },
  {
    table: 'environments',
    about: 'Environments',
    scrubbed: ['name', 'description'],
    observed: ['cloud_settings'],
    technical: ['provider', 'criticality'],
  },
  {
    table: 'environment_credentials',
    about: 'Credentials of environments',
    secret: ['wrapped_key', 'sealed'],
    technical: ['field_names'],
  },
  {
    table: 'iac_sources',
    about: 'Where code is read from',
    scrubbed: ['name'],
    mirrored: ['location', 'path', 'url', 'last_read', 'options'],
    technical: ['kind'],
  },
  {
    table: 'iac_source_credentials',
    about: 'Credentials of sources',
    secret: ['wrapped_key', 'sealed'],
    technical: ['field_names'],
  },
  {
    table: 'iac_documents',
    about: 'Uploaded states and templates, sealed',
    mirrored: ['name'],
    secret: ['wrapped_key'],
    technical: ['content_hash', 'lineage'],
  },
  { table: 'iac_document_pieces', about: 'Their content, sealed', secret: ['sealed'] },
  {
    table: 'iac_resources',
    about: 'Resources as the code declares them',
    mirrored: [
      'address',
      'resource_id',
      'name',
      'attributes',
      'location_file',
      'account_id',
      'region',
      'namespace',
    ],
    technical: ['provider', 'resource_type', 'content_hash'],
  },
  {
    table: 'drift_events',
    about: 'Drifts, who caused and who resolved them',
    people: ['resolved_by'],
    scrubbed: ['resolution_comment', 'attribution'],
    observed: [
      'resource_id',
      'resource_address',
      'actual_state',
      'declared_state',
      'tags',
      'metadata',
      'risk_assessment',
    ],
    technical: [
      'fingerprint',
      'drift_type',
      'status',
      'verdict',
      'provider',
      'resource_type',
      'native_type',
      'account_id',
      'region',
      'namespace',
      'differences_hash',
      'resolution_type',
    ],
  },
  {
    table: 'drift_changes',
    about: 'The single differences of a drift',
    scrubbed: ['attribution'],
    observed: ['declared_value', 'actual_value', 'explanation', 'security_reason'],
    technical: ['property_path', 'actual_path', 'change_type', 'verdict', 'rule'],
  },
  {
    table: 'ignore_rules',
    about: 'What drift is not reported',
    people: ['created_by'],
    scrubbed: ['name', 'reason', 'imported_from', 'origin', 'actors'],
    observed: ['addresses', 'ids', 'tags', 'paths'],
    technical: ['providers', 'types', 'silences'],
  },
  {
    table: 'scan_runs',
    about: 'Scans and who asked for them',
    people: ['requested_by'],
    observed: ['notices', 'problems', 'passed_over', 'progress_label'],
    technical: ['status', 'trigger', 'counts', 'unused_ignore_rules'],
  },
  {
    table: 'scan_recollections',
    about:
      'What the last scan found, and the live resources it saw (ids, names, tags), for the next one',
    mirrored: ['key', 'value'],
    technical: ['kind'],
  },
  {
    table: 'scan_parts',
    about: 'What a running scan has read, sealed',
    mirrored: ['scope', 'coverage'],
    secret: ['wrapped_key'],
    technical: ['part'],
  },
  { table: 'scan_part_pieces', about: 'Its content, sealed', secret: ['sealed'] },
  {
    table: 'scan_coverage',
    about: 'What a scan could not read',
    observed: ['message'],
    technical: ['provider', 'resource_type', 'account_id', 'region', 'status'],
  },
  {
    table: 'outbox_events',
    about: 'What happened, for notifications',
    scrubbed: ['payload'],
    technical: ['topic', 'correlation_id'],
  },
  {
    table: 'signing_keys',
    about: 'Keys of the installation',
    secret: ['wrapped_key', 'sealed'],
    technical: ['public_jwk'],
  },
  {
    table: 'operators',
    about: 'Operators of the installation, by a name its owner chose; users of no organization',
    secret: ['token_hash', 'wrapped_key', 'sealed'],
    technical: ['name'],
  },
  {
    table: 'operator_events',
    about: 'What operators did',
    technical: ['operator', 'action', 'subject', 'result', 'code', 'ip', 'correlation_id'],
  },
];

/** Tables of the installation, which hold nothing of any organization. */
export const INSTALLATION_TABLES: ReadonlySet<string> = new Set([
  'signing_keys',
  'operators',
  'operator_events',
]);
