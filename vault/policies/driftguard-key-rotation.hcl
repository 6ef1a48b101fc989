# `driftguard keys`, run by an operator or a scheduled job. It never sees a data key: nothing here decrypts.
path "secret/data/driftguard/application" {
  capabilities = ["read"]
}

path "transit/keys/driftguard" {
  capabilities = ["read"]
}
path "transit/keys/driftguard/rotate" {
  capabilities = ["update"]
}
path "transit/keys/driftguard/config" {
  capabilities = ["update"]
}
path "transit/rewrap/driftguard" {
  capabilities = ["update"]
}

# Only to move what local keys sealed into Vault; take it out afterwards.
path "transit/encrypt/driftguard" {
  capabilities = ["update"]
}

path "database/creds/driftguard-app" {
  capabilities = ["read"]
}
path "database/creds/driftguard-system" {
  capabilities = ["read"]
}
