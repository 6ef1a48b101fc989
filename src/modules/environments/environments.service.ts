import {
  EntityManager,
  OptimisticLockError,
  UniqueConstraintViolationException,
} from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import { Config } from '../../core/config/index.js';
import { noteValuesBefore, type TenantContext } from '../../core/context/index.js';
import { OutboundGuard } from '../../core/http/outbound/index.js';
import {
  type CloudSettings,
  type Criticality,
  type EnvironmentProvider,
  NO_CLOUD_SETTINGS,
} from './environment-choices.js';
import {
  type Credentials,
  EnvironmentCredentialsService,
} from './environment-credentials.service.js';
import type { Environment } from './environment.entity.js';
import {
  type EnvironmentFilter,
  EnvironmentRepository,
  type EnvironmentRow,
} from './environment.repository.js';
import { environmentErrors } from './environments.errors.js';
import {
  type CredentialsReport,
  type ProofOptions,
  ProveCredentialsService,
} from './prove-credentials.service.js';

export interface NewEnvironment {
  readonly name: string;
  readonly description: string;
  readonly provider: EnvironmentProvider;
  readonly cloudSettings: Partial<CloudSettings>;
  /** Null: high in production, else medium. */
  readonly criticality: Criticality | null;
  readonly isProduction: boolean;
  readonly isActive: boolean;
  readonly credentials: Credentials | null;
  /** Keeps credentials a cloud that does not answer could not judge. */
  readonly acceptUnreachable: boolean;
}

export interface CredentialsReplaced {
  readonly environment: EnvironmentRow;
  /** Null when they were removed. */
  readonly report: CredentialsReport | null;
}

/** What is undefined stays as it is. */
export interface EnvironmentChange {
  readonly name: string | undefined;
  readonly description: string | undefined;
  readonly cloudSettings: Partial<CloudSettings> | undefined;
  readonly criticality: Criticality | undefined;
  readonly isProduction: boolean | undefined;
  readonly isActive: boolean | undefined;
  /** The version the change was made from; undefined overwrites whatever is there. */
  readonly version: number | undefined;
}

/** Fields by which an adapter would look at the server's own files and environment. */
const LOCAL_CREDENTIAL_FIELDS = ['localCredentials', 'profile', 'kubeconfigDirectory', 'inCluster'];

@Injectable()
export class EnvironmentsService {
  constructor(
    private readonly em: EntityManager,
    private readonly environments: EnvironmentRepository,
    private readonly credentials: EnvironmentCredentialsService,
    private readonly proof: ProveCredentialsService,
    private readonly config: Config,
    private readonly outbound: OutboundGuard,
  ) {}

  list(context: TenantContext, filter: EnvironmentFilter): Promise<EnvironmentRow[]> {
    return this.environments.list(context, filter);
  }

  get(context: TenantContext, id: string): Promise<EnvironmentRow> {
    return this.environments.getRow(context, id);
  }

  async create(context: TenantContext, request: NewEnvironment): Promise<EnvironmentRow> {
    await this.#assertEndpointAllowed(request.cloudSettings);
    const { provider, acceptUnreachable } = request;
    const cloud_settings = { ...NO_CLOUD_SETTINGS, ...request.cloudSettings };
    if (request.credentials !== null) {
      this.#assertOwnCredentials(request.credentials);
      const options = { acceptUnreachable, access: false };
      await this.#prove({ provider, cloud_settings }, request.credentials, options);
    }
    const environment = this.environments.create(context, {
      name: request.name,
      description: request.description,
      provider,
      cloud_settings,
      criticality: request.criticality ?? (request.isProduction ? 'high' : 'medium'),
      is_production: request.isProduction,
      is_active: request.isActive,
    });
    if (request.credentials !== null) {
      await this.credentials.replace(context, environment, request.credentials);
    }
    await this.#flush(environment);
    return this.environments.getRow(context, environment.id);
  }

  async change(
    context: TenantContext,
    id: string,
    change: EnvironmentChange,
  ): Promise<EnvironmentRow> {
    const environment = await this.environments.getById(context, id);
    if (change.version !== undefined && change.version !== environment.version) {
      throw environmentErrors.changedMeanwhile(environment.version);
    }
    noteValuesBefore(auditedValues(environment));
    if (change.cloudSettings !== undefined) {
      await this.#assertEndpointAllowed(change.cloudSettings);
      environment.cloud_settings = { ...environment.cloud_settings, ...change.cloudSettings };
    }
    environment.name = change.name ?? environment.name;
    environment.description = change.description ?? environment.description;
    environment.criticality = change.criticality ?? environment.criticality;
    environment.is_production = change.isProduction ?? environment.is_production;
    environment.is_active = change.isActive ?? environment.is_active;
    await this.#flush(environment);
    return this.environments.getRow(context, id);
  }

  /** What was set stays until the provider accepted what replaces it. */
  async replaceCredentials(
    context: TenantContext,
    id: string,
    credentials: Credentials,
    acceptUnreachable: boolean,
  ): Promise<CredentialsReplaced> {
    this.#assertOwnCredentials(credentials);
    const environment = await this.environments.getById(context, id);
    const options = { acceptUnreachable, access: true };
    const report = await this.#prove(environment, credentials, options);
    await this.credentials.replace(context, environment, credentials);
    await this.em.flush();
    return { environment: await this.environments.getRow(context, id), report };
  }

  /** Also removes its sources, scans and drifts. */
  async delete(context: TenantContext, id: string): Promise<void> {
    const environment = await this.environments.getById(context, id);
    noteValuesBefore(auditedValues(environment));
    this.environments.remove(context, environment);
    await this.em.flush();
  }

  async #flush(environment: Environment): Promise<void> {
    try {
      await this.em.flush();
    } catch (error) {
      if (error instanceof UniqueConstraintViolationException) {
        throw environmentErrors.nameTaken(environment.name);
      }
      if (error instanceof OptimisticLockError) {
        throw environmentErrors.changedMeanwhile(environment.version);
      }
      throw error;
    }
  }

  async #prove(
    environment: Pick<Environment, 'provider' | 'cloud_settings'>,
    credentials: Credentials,
    options: ProofOptions,
  ): Promise<CredentialsReport | null> {
    if (Object.keys(credentials).length === 0) return null;
    return this.proof.prove(environment, credentials, options);
  }

  /** What the workers are logged in with belongs to the operator, not to any tenant. */
  #assertOwnCredentials(credentials: Credentials): void {
    if (this.config.get('LOCAL_CREDENTIALS')) return;
    const field = LOCAL_CREDENTIAL_FIELDS.find((one) => one in credentials);
    if (field !== undefined) throw environmentErrors.localCredentialsForbidden(field);
  }

  /** Early, for a clear answer; what counts is the same check at each connection. */
  async #assertEndpointAllowed({ endpoint = null }: Partial<CloudSettings>): Promise<void> {
    if (endpoint !== null) await this.outbound.resolve(new URL(endpoint).hostname);
  }
}

function auditedValues(environment: Environment): Readonly<Record<string, unknown>> {
  const { name, description, provider, cloud_settings, criticality, is_production, is_active } =
    environment;
  return { name, description, provider, cloud_settings, criticality, is_production, is_active };
}
