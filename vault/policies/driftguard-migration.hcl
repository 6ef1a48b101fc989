# The migration job: the settings plus the owner of the database.
path "secret/data/driftguard/application" {
  capabilities = ["read"]
}
path "secret/data/driftguard/owner" {
  capabilities = ["read"]
}

# `--administrator` makes the first account as the application does.
path "database/creds/driftguard-app" {
  capabilities = ["read"]
}
path "database/creds/driftguard-system" {
  capabilities = ["read"]
}
