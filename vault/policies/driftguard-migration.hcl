# The migration job: the same settings plus the owner of the database.
path "secret/data/driftguard/application" {
  capabilities = ["read"]
}

path "secret/data/driftguard/owner" {
  capabilities = ["read"]
}
