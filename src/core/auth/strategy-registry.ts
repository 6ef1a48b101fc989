import { randomUUID } from 'node:crypto';
import passport from 'passport';

/**
 * Passport's registry belongs to the process, and of two strategies of one name the later wins. So each gets a name
 * of its own before it is registered: an application asks its own strategies only. For `getPassportInstance()`.
 */
export function registryFor(strategy: { name: string }): typeof passport {
  strategy.name = `${strategy.name}/${randomUUID()}`;
  return passport;
}
