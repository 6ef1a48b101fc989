export { limitAddresses } from './limit-addresses.js';
export { OrganizationLimitInterceptor } from './organization-limit.interceptor.js';
export { RateLimits } from './rate-limits.js';
export { RequestLimiter } from './request-limiter.js';
