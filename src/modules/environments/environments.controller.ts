import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Put,
  Query,
} from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Audited } from '../../core/audit/index.js';
import { RequirePermission, StepUp, Tenant } from '../../core/auth/index.js';
import type { TenantContext } from '../../core/context/index.js';
import { CursorCodec, Operation, type Page, toPage } from '../../core/http/index.js';
import {
  CREDENTIALS_REPLACED_EXAMPLE,
  CredentialsReplacedResponse,
  toCredentialsReplaced,
} from './dto/credentials-replaced.response.js';
import { CreateEnvironmentBody, toNewEnvironment } from './dto/create-environment.request.js';
import {
  ENVIRONMENT_EXAMPLE,
  EnvironmentResponse,
  toEnvironmentResponse,
} from './dto/environment.response.js';
import { ListEnvironmentsQuery } from './dto/list-environments.query.js';
import { ReplaceCredentialsBody } from './dto/replace-credentials.request.js';
import { toEnvironmentChange, UpdateEnvironmentBody } from './dto/update-environment.request.js';
import { EnvironmentsService } from './environments.service.js';

const LIST = 'environments';
const NOT_FOUND = { 404: 'ENVIRONMENT.NOT_FOUND' };
const CONFLICTS = { 409: 'ENVIRONMENT.NAME_TAKEN, ENVIRONMENT.CHANGED_MEANWHILE' };

@ApiTags('environments')
@Controller('environments')
export class EnvironmentsController {
  constructor(
    private readonly environments: EnvironmentsService,
    private readonly cursors: CursorCodec,
  ) {}

  @Get()
  @RequirePermission('environment:read')
  @Operation({
    id: 'listEnvironments',
    summary: 'List environments by name',
    response: EnvironmentResponse,
    list: true,
    example: {
      data: [ENVIRONMENT_EXAMPLE],
      pagination: { next_cursor: null, page_size: 50, has_more: false },
    },
  })
  async list(
    @Tenant() context: TenantContext,
    @Query() query: ListEnvironmentsQuery,
  ): Promise<Page<EnvironmentResponse>> {
    const after = query.cursor === undefined ? null : this.cursors.decode(LIST, query.cursor);
    const rows = await this.environments.list(context, {
      provider: query.provider ?? null,
      isActive: query.is_active ?? null,
      search: query.search ?? null,
      after: after && [String(after[0]), String(after[1])],
      limit: query.page_size + 1,
    });
    return toPage(rows.map(toEnvironmentResponse), query.page_size, (last) =>
      this.cursors.encode(LIST, [last.name, last.id]),
    );
  }

  @Post()
  @RequirePermission('environment:create')
  @Audited('create_environment', 'environment')
  @Operation({
    id: 'createEnvironment',
    summary: 'Create an environment',
    status: 201,
    response: EnvironmentResponse,
    example: ENVIRONMENT_EXAMPLE,
    errors: {
      400: 'REQUEST.INVALID, ENVIRONMENT.CREDENTIALS_REFUSED, OUTBOUND.HOST_FORBIDDEN, OUTBOUND.HOST_UNKNOWN',
      ...CONFLICTS,
      503: 'ENVIRONMENT.CLOUD_UNREACHABLE',
    },
  })
  async create(
    @Tenant() context: TenantContext,
    @Body() body: CreateEnvironmentBody,
  ): Promise<EnvironmentResponse> {
    return toEnvironmentResponse(await this.environments.create(context, toNewEnvironment(body)));
  }

  @Get(':environment_id')
  @RequirePermission('environment:read')
  @Operation({
    id: 'getEnvironment',
    summary: 'Read one environment',
    response: EnvironmentResponse,
    example: ENVIRONMENT_EXAMPLE,
    errors: NOT_FOUND,
  })
  async get(
    @Tenant() context: TenantContext,
    @Param('environment_id') id: string,
  ): Promise<EnvironmentResponse> {
    return toEnvironmentResponse(await this.environments.get(context, id));
  }

  @Patch(':environment_id')
  @RequirePermission('environment:update')
  @Audited('update_environment', 'environment')
  @Operation({
    id: 'updateEnvironment',
    summary: 'Change some fields of an environment',
    response: EnvironmentResponse,
    example: ENVIRONMENT_EXAMPLE,
    errors: {
      400: 'REQUEST.INVALID, OUTBOUND.HOST_FORBIDDEN, OUTBOUND.HOST_UNKNOWN',
      ...NOT_FOUND,
      ...CONFLICTS,
    },
  })
  async update(
    @Tenant() context: TenantContext,
    @Param('environment_id') id: string,
    @Body() body: UpdateEnvironmentBody,
  ): Promise<EnvironmentResponse> {
    return toEnvironmentResponse(
      await this.environments.change(context, id, toEnvironmentChange(body)),
    );
  }

  @Put(':environment_id/credentials')
  @RequirePermission('environment:update')
  @StepUp()
  @Audited('replace_credentials', 'environment')
  @Operation({
    id: 'replaceEnvironmentCredentials',
    summary: 'Replace the credentials of an environment',
    description:
      'The provider is asked who they are, and what a scan could read with them. What it refuses is not kept, and what was set before stays. They are kept encrypted; only the names of the fields are ever answered.',
    response: CredentialsReplacedResponse,
    example: CREDENTIALS_REPLACED_EXAMPLE,
    errors: {
      400: 'REQUEST.INVALID, ENVIRONMENT.CREDENTIALS_REFUSED, ENVIRONMENT.LOCAL_CREDENTIALS_FORBIDDEN, OUTBOUND.HOST_FORBIDDEN',
      ...NOT_FOUND,
      503: 'ENVIRONMENT.CLOUD_UNREACHABLE',
    },
  })
  async replaceCredentials(
    @Tenant() context: TenantContext,
    @Param('environment_id') id: string,
    @Body() body: ReplaceCredentialsBody,
  ): Promise<CredentialsReplacedResponse> {
    const { credentials, accept_unreachable } = body;
    return toCredentialsReplaced(
      await this.environments.replaceCredentials(context, id, credentials, accept_unreachable),
    );
  }

  @Delete(':environment_id')
  @HttpCode(204)
  @RequirePermission('environment:delete')
  @Audited('delete_environment', 'environment')
  @Operation({
    id: 'deleteEnvironment',
    summary: 'Delete an environment with its sources, scans and drifts',
    status: 204,
    response: null,
    errors: NOT_FOUND,
  })
  async delete(
    @Tenant() context: TenantContext,
    @Param('environment_id') id: string,
  ): Promise<void> {
    await this.environments.delete(context, id);
  }
}
