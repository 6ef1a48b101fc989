/**
 * Attributes that the documentation of the providers in the Terraform registry calls sensitive and whose names do not tell. Raw states of
 * older Terraform versions list in `sensitive_attributes` only what the configuration marked. `[*]` is any block.
 */
export const SECRET_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  aws_api_gateway_api_key: ['value'],
  aws_appsync_api_key: ['key'],
  aws_iam_access_key: ['ses_smtp_password_v4'],
  aws_secretsmanager_secret_version: ['secret_binary'],
  aws_ssm_parameter: ['value'],
  azurerm_container_app: ['secret'],
  azurerm_key_vault_secret: ['value'],
  azurerm_kubernetes_cluster: [
    'kube_config',
    'kube_config_raw',
    'kube_admin_config',
    'kube_admin_config_raw',
  ],
  google_container_cluster: ['master_auth[*].client_key'],
  google_kms_secret_ciphertext: ['plaintext'],
  google_secret_manager_secret_version: ['secret_data'],
  google_secret_manager_regional_secret_version: ['secret_data'],
  kubectl_manifest: ['yaml_incluster', 'live_manifest_incluster'],
};
