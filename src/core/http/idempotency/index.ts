export { IdempotencyKey } from './idempotency-key.entity.js';
export { IdempotencyKeys } from './idempotency-keys.js';
export {
  IDEMPOTENCY_HEADER,
  IdempotencyInterceptor,
  REPLAYED_HEADER,
} from './idempotency.interceptor.js';
