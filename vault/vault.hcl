# One node with file storage behind the compose network. For more than one node use integrated storage (raft).
storage "file" {
  path = "/vault/file"
}

listener "tcp" {
  address         = "0.0.0.0:8200"
  tls_cert_file   = "/vault/config/tls/fullchain.pem"
  tls_key_file    = "/vault/config/tls/privkey.pem"
  tls_min_version = "tls12"
}

api_addr      = "https://vault:8200"
disable_mlock = false
ui            = false
