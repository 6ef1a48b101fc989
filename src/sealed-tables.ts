import { type SealedTable, sealedTable } from './core/crypto/index.js';

/** Every table with envelopes, one line each: what `driftguard keys rotate` goes through. A test finds the ones left out. */
export const SEALED_TABLES: readonly SealedTable[] = [
  sealedTable('environment_credentials', { place: 'environment_id' }),
  sealedTable('iac_source_credentials', { place: 'source_id' }),
  sealedTable('iac_documents'),
  sealedTable('sso_connections'),
  sealedTable('two_factors'),
  sealedTable('operators', { isTenants: false }),
  sealedTable('scan_parts', { place: 'scan_id' }),
  sealedTable('signing_keys', { isTenants: false, id: 'kid', place: 'kid', isUpdatable: false }),
];
