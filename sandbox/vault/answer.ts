import { randomUUID } from 'node:crypto';
import type { Json, JsonObject } from '../json.js';

/** An answer of Vault: a body, or none with 204. */
export interface Answer {
  readonly status: number;
  readonly body: JsonObject | null;
}

/** Refuses a request the way Vault does: `{"errors": [...]}` (https://developer.hashicorp.com/vault/api-docs#error-response). */
export class VaultError extends Error {
  constructor(
    readonly status: number,
    readonly errors: readonly string[],
  ) {
    super(errors.join('; '));
  }
}

export const permissionDenied = (): VaultError =>
  new VaultError(403, ['1 error occurred:\n\t* permission denied\n\n']);
export const badRequest = (message: string): VaultError => new VaultError(400, [message]);
export const unsupportedOperation = (): VaultError =>
  new VaultError(405, ['1 error occurred:\n\t* unsupported operation\n\n']);
export const noRoute = (path: string): VaultError =>
  new VaultError(404, [`no handler for route "${path}". route entry not found.`]);

export const NO_CONTENT: Answer = { status: 204, body: null };

/** The envelope around every answer of a secrets engine or auth method. */
export function answer(fields: Readonly<Record<string, Json>>): Answer {
  return {
    status: 200,
    body: {
      request_id: randomUUID(),
      lease_id: '',
      renewable: false,
      lease_duration: 0,
      data: null,
      wrap_info: null,
      warnings: null,
      auth: null,
      ...fields,
    },
  };
}
