# API and workers. Never the owner's password, and no change of a key.

# VAULT_KV_PATH: their own settings.
path "secret/data/driftguard/application" {
  capabilities = ["read"]
}

# KEY_PROVIDER=vault: seal and open. `create` is left out, so a wrong name does not make a key.
path "transit/encrypt/driftguard" {
  capabilities = ["update"]
}
path "transit/decrypt/driftguard" {
  capabilities = ["update"]
}

# VAULT_DATABASE_ROLE and VAULT_DATABASE_SYSTEM_ROLE. Renewing is in Vault's default policy.
path "database/creds/driftguard-app" {
  capabilities = ["read"]
}
path "database/creds/driftguard-system" {
  capabilities = ["read"]
}
