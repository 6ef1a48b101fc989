/** Something besides database and Redis that health tells about. */
export interface HealthCheck {
  readonly name: string;
  /** Rejects while it is down; why is logged, not answered. Down means degraded: requests are still served. */
  check(): Promise<void>;
}

export const HEALTH_CHECKS = Symbol('HEALTH_CHECKS');
