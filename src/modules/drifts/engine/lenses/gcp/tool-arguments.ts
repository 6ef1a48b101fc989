/**
 * Arguments of the google provider that steer Terraform and exist in no API (provider documentation, "Virtual fields"
 * and "Timeouts"): comparing them with the API would always be wrong.
 */
export const TOOL_ARGUMENTS: ReadonlySet<string> = new Set([
  'id',
  'timeouts',
  'force_destroy',
  'force_delete',
  'force_update',
  'deletion_policy',
  'deletion_protection_reason',
  'delete_contents_on_destroy',
  'allow_stopping_for_update',
  'allow_force_destroy',
  'remove_default_node_pool',
  'skip_initial_version_creation',
  'skip_delete',
  'disable_on_destroy',
  'disable_dependent_services',
  'wait_for_instances',
  'wait_for_instances_status',
  'create_ignore_already_exists',
  'effective_labels',
  'effective_annotations',
  'terraform_labels',
  'self_link_unique',
]);
