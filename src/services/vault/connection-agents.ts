import { readFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';

const MAX_SOCKETS = 16;

/** Connections to Vault are kept open and verified, whatever VAULT_SKIP_VERIFY says. */
export function connectionAgents(caFile: string): {
  readonly httpAgent: http.Agent;
  readonly httpsAgent: https.Agent;
} {
  const ca = caFile === '' ? {} : { ca: readFileSync(caFile) };
  const shared = { keepAlive: true, maxSockets: MAX_SOCKETS };
  return {
    httpAgent: new http.Agent(shared),
    httpsAgent: new https.Agent({ ...shared, ...ca, rejectUnauthorized: true }),
  };
}
