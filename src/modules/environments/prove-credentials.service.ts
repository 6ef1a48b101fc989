import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '../../core/errors/index.js';
import {
  type AccessCheck,
  INVENTORY_FACTORIES,
  type Inventory,
  InventoryError,
  type InventoryFactory,
} from '../../core/providers/index.js';
import { EnvironmentConnections } from './environment-connections.service.js';
import type { Credentials } from './environment-credentials.service.js';
import type { Environment } from './environment.entity.js';
import { environmentErrors } from './environments.errors.js';

/** How long the provider may take to say who the credentials are. */
const IDENTIFY_MS = 10_000;
/** How long the calls of a scan are tried; what was not answered until then is not known. */
const ACCESS_MS = 10_000;

/** What the provider said about credentials before they were kept. */
export interface CredentialsReport {
  /** `unreachable`: kept unproven, as was asked. */
  readonly status: 'proven' | 'unreachable';
  readonly accountId: string | null;
  readonly principal: string | null;
  readonly checks: readonly AccessCheck[];
  /** Whether every check was answered in time. */
  readonly complete: boolean;
  /** Why the cloud could not be asked; null when it answered. */
  readonly message: string | null;
}

export interface ProofOptions {
  /** Credentials that could not be tried are no failure. */
  readonly acceptUnreachable: boolean;
  /** Whether the calls of a scan are tried as well. */
  readonly access: boolean;
}

const NOT_ASKED = { checks: [], complete: false };

/** Logs in with credentials that are not kept yet and looks what a scan could read with them. */
@Injectable()
export class ProveCredentialsService {
  constructor(
    @Inject(INVENTORY_FACTORIES) private readonly factories: readonly InventoryFactory[],
    private readonly connections: EnvironmentConnections,
  ) {}

  /**
   * @throws DomainError `ENVIRONMENT.CREDENTIALS_REFUSED`; `ENVIRONMENT.CLOUD_UNREACHABLE` unless `acceptUnreachable`;
   * `OUTBOUND.*` for addresses that may not be called
   */
  async prove(
    environment: Pick<Environment, 'provider' | 'cloud_settings'>,
    credentials: Credentials,
    { acceptUnreachable, access }: ProofOptions,
  ): Promise<CredentialsReport> {
    try {
      return await this.#ask(environment, credentials, access);
    } catch (error) {
      const message = unreachable(error);
      if (message === null) throw refusalOf(error);
      if (!acceptUnreachable) throw environmentErrors.cloudUnreachable(message);
      const nobody = { accountId: null, principal: null };
      return { status: 'unreachable', ...nobody, checks: [], complete: false, message };
    }
  }

  async #ask(
    environment: Pick<Environment, 'provider' | 'cloud_settings'>,
    credentials: Credentials,
    access: boolean,
  ): Promise<CredentialsReport> {
    const factory = this.factories.find(({ provider }) => provider === environment.provider);
    if (factory === undefined) throw environmentErrors.cannotAsk(environment.provider);
    const inventory = await factory.create(await this.connections.join(environment, credentials));
    try {
      const who = await inventory.identify(AbortSignal.timeout(IDENTIFY_MS));
      const { checks, complete } = access ? await accessOf(inventory) : NOT_ASKED;
      const { accountId, principal } = who;
      return { status: 'proven', accountId, principal, checks, complete, message: null };
    } finally {
      await inventory.close();
    }
  }
}

async function accessOf(
  inventory: Inventory,
): Promise<{ readonly checks: readonly AccessCheck[]; readonly complete: boolean }> {
  const signal = AbortSignal.timeout(ACCESS_MS);
  const checks: AccessCheck[] = [];
  try {
    for await (const check of inventory.access?.(signal) ?? []) checks.push(check);
    return { checks, complete: true };
  } catch (error) {
    // The identity is proven; what the rest of the questions would have said is only not known.
    if (signal.aborted || error instanceof InventoryError) return { checks, complete: false };
    throw error;
  }
}

/** Null when the provider did answer. */
function unreachable(error: unknown): string | null {
  if (error instanceof InventoryError) {
    const { failure, message } = error;
    if (failure === 'cancelled') return `No answer within ${IDENTIFY_MS / 1000} seconds.`;
    return failure === 'unreachable' || failure === 'throttled' ? message : null;
  }
  const unknownHost = error instanceof DomainError && error.code === 'OUTBOUND.HOST_UNKNOWN';
  return unknownHost ? error.message : null;
}

function refusalOf(error: unknown): unknown {
  if (!(error instanceof InventoryError)) return error;
  return environmentErrors.credentialsRefused(error.code, error.message);
}
