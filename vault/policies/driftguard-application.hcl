# API and workers: read their own settings. Nothing else, and never the owner's password.
path "secret/data/driftguard/application" {
  capabilities = ["read"]
}
