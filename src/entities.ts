import { auditEntities } from './core/audit/index.js';
import { authEntities } from './core/auth/index.js';
import type { Entities } from './core/database/index.js';
import { IdempotencyKey } from './core/http/idempotency/index.js';
import { driftEntities } from './modules/drifts/index.js';
import { environmentEntities } from './modules/environments/index.js';
import { iacEntities } from './modules/iac/index.js';
import { organizationEntities } from './modules/organizations/index.js';

/** Every entity of the product. A module adds its list here, one line. */
export const ENTITIES: Entities = [
  ...organizationEntities,
  ...environmentEntities,
  ...iacEntities,
  ...driftEntities,
  ...authEntities,
  ...auditEntities,
  IdempotencyKey,
];
