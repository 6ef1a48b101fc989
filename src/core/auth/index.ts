export {
  AllowedBeforePasswordChange,
  Public,
  RequirePermission,
  Tenant,
} from './access.decorators.js';
export { authErrors } from './auth.errors.js';
export { AuthModule, PasswordModule } from './auth.module.js';
export { type HandlerAccess, listHandlerAccess } from './handler-access.js';
export { IdentityDirectory, type LoginIdentity, type Standing } from './identity-directory.js';
export { PasswordHasher } from './password-hasher.js';
export { assertGoodPassword, MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from './password-policy.js';
