import { ApiKey } from './api-keys/api-key.entity.js';
import { OperatorAccount } from './operators/operator.entity.js';
import { OperatorEvent } from './operators/operator-event.entity.js';
import { Session } from './sessions/session.entity.js';
import { RecoveryCode } from './two-factor/recovery-code.entity.js';
import { TwoFactor } from './two-factor/two-factor.entity.js';
import { SigningKey } from './tokens/signing-key.entity.js';

export {
  AllowedBeforePasswordChange,
  AllowedBeforeTwoFactor,
  OperatorOnly,
  Public,
  RequirePermission,
  StepUp,
  Tenant,
} from './access.decorators.js';
export { type IssuedApiKey, ApiKeysService } from './api-keys/api-keys.service.js';
export type { ListedApiKey } from './api-keys/api-key-store.js';
export { authErrors } from './auth.errors.js';
export { AuthModule, PasswordModule } from './auth.module.js';
export { AuthService, type LoginRequest } from './auth.service.js';
export { type HandlerAccess, listHandlerAccess } from './handler-access.js';
export {
  type AuthenticatedIdentity,
  IdentityDirectory,
  type LoginIdentity,
  type ServiceAccountStanding,
  type Standing,
} from './identity-directory.js';
export { SSO_METHOD, SSO_METHOD_WITH_FACTOR } from './principal.js';
export { PasswordHasher } from './passwords/password-hasher.js';
export {
  assertGoodPassword,
  MAX_PASSWORD_LENGTH,
  MIN_PASSWORD_LENGTH,
  type PasswordContext,
} from './passwords/password-policy.js';
export { OperatorCheck } from './operators/operator-check.js';
export { COMMAND_LINE, type OperatorAction, OperatorEvents } from './operators/operator-events.js';
export {
  type Operator,
  type OperatorCredentials,
  Operators,
  type OperatorStanding,
} from './operators/operators.js';
export {
  CurrentSession,
  CurrentSessionOrNone,
  FromOrigin,
  originOf,
  PlatformOperator,
} from './request-principal.js';
export type { SessionEnd } from './sessions/session.entity.js';
export { REFRESH_DELIVERIES, type RefreshDeliveryKind } from './dto/refresh-delivery.js';
export { TOKEN_EXAMPLE, TokenResponse, toTokenResponse } from './dto/token.response.js';
export { setRefreshCookie } from './sessions/refresh-cookie.js';
export { type IssuedSession, SessionService } from './sessions/session.service.js';
export { type Origin } from './sessions/session-store.js';
export { SessionsService } from './sessions/sessions.service.js';
export {
  EndedSessionsResponse,
  SESSION_LIST_EXAMPLE,
  SessionListResponse,
  toSessionListResponse,
} from './dto/session.response.js';
export {
  API_KEY_EXAMPLE,
  ApiKeyListResponse,
  CreateApiKeyBody,
  ISSUED_API_KEY_EXAMPLE,
  IssuedApiKeyResponse,
  toApiKeyListResponse,
  toApiKeyRequest,
  toIssuedApiKeyResponse,
} from './dto/api-key.js';
export { TwoFactorService } from './two-factor/two-factor.service.js';
export { ApiKey, OperatorAccount, OperatorEvent, RecoveryCode, Session, SigningKey, TwoFactor };
export const authEntities = [
  Session,
  SigningKey,
  TwoFactor,
  RecoveryCode,
  ApiKey,
  OperatorAccount,
  OperatorEvent,
] as const;
