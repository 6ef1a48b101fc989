export {
  type DispatcherOptions,
  guardedAgents,
  guardedDispatcher,
  guardedProxy,
} from './guarded-agents.js';
export { OutboundAllowance } from './outbound-allowance.js';
export { type OutboundAnswer, OutboundClient, type OutboundRequest } from './outbound-client.js';
export { OutboundGuard, type Resolver } from './outbound-guard.js';
export { outboundErrors, outboundRefusal } from './outbound.errors.js';
