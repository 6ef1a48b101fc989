import { createParamDecorator, SetMetadata } from '@nestjs/common';
import { currentTenant, type Permission, type TenantContext } from '../context/index.js';

export const PUBLIC = 'driftguard:public';
export const PERMISSION = 'driftguard:permission';
export const OPERATOR_ONLY = 'driftguard:operator-only';
export const BEFORE_PASSWORD_CHANGE = 'driftguard:before-password-change';
export const BEFORE_TWO_FACTOR = 'driftguard:before-two-factor';
export const STEP_UP = 'driftguard:step-up';

/** Anybody may call this handler, without a token. */
export const Public = () => SetMetadata(PUBLIC, true);

/** Only who has this permission may call the handler. Every handler needs this or `@Public()`. */
export const RequirePermission = (permission: Permission) => SetMetadata(PERMISSION, permission);

/** Only the operator of the installation may call this handler; no user of a tenant, whatever the role. */
export const OperatorOnly = () => SetMetadata(OPERATOR_ONLY, true);

/** Open also to a user who still has to change an initial password. */
export const AllowedBeforePasswordChange = () => SetMetadata(BEFORE_PASSWORD_CHANGE, true);

/** Open also to who still has to set up the second factor that the organization requires. */
export const AllowedBeforeTwoFactor = () => SetMetadata(BEFORE_TWO_FACTOR, true);

/** Dangerous: a caller who has a second factor must have proven it within the last ten minutes. Closed to API keys. */
export const StepUp = () => SetMetadata(STEP_UP, true);

/** The tenant context of the caller, for handlers to hand to services. */
export const Tenant = createParamDecorator((): TenantContext => {
  const tenant = currentTenant();
  if (tenant === undefined) throw new Error('a public handler has no tenant');
  return tenant;
});
