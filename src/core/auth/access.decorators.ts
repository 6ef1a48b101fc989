import { createParamDecorator, SetMetadata } from '@nestjs/common';
import { currentTenant, type Permission, type TenantContext } from '../context/index.js';

export const PUBLIC = 'driftguard:public';
export const PERMISSION = 'driftguard:permission';
export const BEFORE_PASSWORD_CHANGE = 'driftguard:before-password-change';

/** Anybody may call this handler, without a token. */
export const Public = () => SetMetadata(PUBLIC, true);

/** Only who has this permission may call the handler. Every handler needs this or `@Public()`. */
export const RequirePermission = (permission: Permission) => SetMetadata(PERMISSION, permission);

/** Open also to a user who still has to change an initial password. */
export const AllowedBeforePasswordChange = () => SetMetadata(BEFORE_PASSWORD_CHANGE, true);

/** The tenant context of the caller, for handlers to hand to services. */
export const Tenant = createParamDecorator((): TenantContext => {
  const tenant = currentTenant();
  if (tenant === undefined) throw new Error('a public handler has no tenant');
  return tenant;
});
