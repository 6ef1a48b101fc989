import {
  Body,
  Controller,
  Delete,
  Get,
  HttpCode,
  Param,
  Patch,
  Post,
  Query,
  Req,
} from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Audited } from '../../../core/audit/index.js';
import { RequirePermission, Tenant } from '../../../core/auth/index.js';
import type { TenantContext } from '../../../core/context/index.js';
import {
  CursorCodec,
  Operation,
  type Page,
  receiveUpload,
  toPage,
} from '../../../core/http/index.js';
import { ImportIgnoreRulesQuery, ListIgnoreRulesQuery } from './dto/ignore-rule.query.js';
import {
  CreateIgnoreRuleBody,
  toIgnoreRuleChange,
  toNewIgnoreRule,
  UpdateIgnoreRuleBody,
} from './dto/ignore-rule.request.js';
import {
  IGNORE_RULE_EXAMPLE,
  IgnoreRuleResponse,
  ImportedIgnoreRulesResponse,
  toIgnoreRuleResponse,
  toImportResponse,
} from './dto/ignore-rule.response.js';
import { IgnoreRulesService } from './ignore-rules.service.js';
import { ImportIgnoreRulesService, MAX_FILE_BYTES } from './import-ignore-rules.service.js';

const LIST = 'ignore-rules';
const NOT_FOUND = { 404: 'IGNORE_RULE.NOT_FOUND' };
const INVALID = {
  400: 'REQUEST.INVALID, IGNORE_RULE.SILENCES_EVERYTHING, IGNORE_RULE.ALREADY_EXPIRED',
};
const DEFAULT_FILE = 'driftguard-ignore.yaml';

@ApiTags('ignore rules')
@Controller('ignore-rules')
export class IgnoreRulesController {
  constructor(
    private readonly rules: IgnoreRulesService,
    private readonly imports: ImportIgnoreRulesService,
    private readonly cursors: CursorCodec,
  ) {}

  @Get()
  @RequirePermission('ignore_rule:read')
  @Operation({
    id: 'listIgnoreRules',
    summary: 'List ignore rules in the order in which they apply',
    response: IgnoreRuleResponse,
    list: true,
    example: {
      data: [IGNORE_RULE_EXAMPLE],
      pagination: { next_cursor: null, page_size: 50, has_more: false },
    },
    errors: { 404: 'ENVIRONMENT.NOT_FOUND' },
  })
  async list(
    @Tenant() context: TenantContext,
    @Query() query: ListIgnoreRulesQuery,
  ): Promise<Page<IgnoreRuleResponse>> {
    const after = query.cursor === undefined ? null : this.cursors.decode(LIST, query.cursor);
    const rows = await this.rules.list(context, {
      environmentId: query.environment_id ?? null,
      after: after && [Number(after[0]), String(after[1])],
      limit: query.page_size + 1,
    });
    return toPage(rows.map(toIgnoreRuleResponse), query.page_size, (last) =>
      this.cursors.encode(LIST, [last.position, last.id]),
    );
  }

  @Post()
  @RequirePermission('ignore_rule:create')
  @Audited('create_ignore_rule', 'ignore_rule')
  @Operation({
    id: 'createIgnoreRule',
    summary: 'Create an ignore rule',
    description: 'It counts from the next scan on; drifts it silences are resolved by that scan.',
    status: 201,
    response: IgnoreRuleResponse,
    example: IGNORE_RULE_EXAMPLE,
    errors: { ...INVALID, 404: 'ENVIRONMENT.NOT_FOUND' },
  })
  async create(
    @Tenant() context: TenantContext,
    @Body() body: CreateIgnoreRuleBody,
  ): Promise<IgnoreRuleResponse> {
    return toIgnoreRuleResponse(await this.rules.create(context, toNewIgnoreRule(body)));
  }

  @Post('import')
  @RequirePermission('ignore_rule:create')
  @Audited('import_ignore_rules', 'ignore_rule')
  @ApiConsumes('application/octet-stream', 'application/yaml', 'multipart/form-data')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @Operation({
    id: 'importIgnoreRules',
    summary: 'Import a file of ignore rules',
    description:
      '`.driftignore`, `.tfdriftignore`, Argo CD `ignoreDifferences`, Terraform code with `lifecycle.ignore_changes`, or our own YAML. All rules of the file are kept, or none.',
    status: 201,
    response: ImportedIgnoreRulesResponse,
    example: { rules: [IGNORE_RULE_EXAMPLE], removed: 0 },
    errors: {
      400: 'DRIFT.INVALID_IGNORE_RULES, IGNORE_RULE.FILE_TOO_LARGE, IGNORE_RULE.TOO_MANY, IGNORE_RULE.ALREADY_EXPIRED, REQUEST.NO_FILE, REQUEST.FORM_INVALID, REQUEST.INVALID',
      404: 'ENVIRONMENT.NOT_FOUND',
      415: 'REQUEST.MEDIA_TYPE',
    },
  })
  async import(
    @Tenant() context: TenantContext,
    @Query() query: ImportIgnoreRulesQuery,
    @Req() request: FastifyRequest,
  ): Promise<ImportedIgnoreRulesResponse> {
    const { content, fileName } = await receiveUpload(request, MAX_FILE_BYTES);
    return toImportResponse(
      await this.imports.import(context, {
        environmentId: query.environment_id ?? null,
        fileName: query.file_name ?? fileName ?? DEFAULT_FILE,
        reason: query.reason ?? '',
        expiresAt: query.expires_at ?? null,
        replace: query.replace ?? false,
        content,
      }),
    );
  }

  @Get(':ignore_rule_id')
  @RequirePermission('ignore_rule:read')
  @Operation({
    id: 'getIgnoreRule',
    summary: 'Read one ignore rule',
    response: IgnoreRuleResponse,
    example: IGNORE_RULE_EXAMPLE,
    errors: NOT_FOUND,
  })
  async get(
    @Tenant() context: TenantContext,
    @Param('ignore_rule_id') id: string,
  ): Promise<IgnoreRuleResponse> {
    return toIgnoreRuleResponse(await this.rules.get(context, id));
  }

  @Patch(':ignore_rule_id')
  @RequirePermission('ignore_rule:update')
  @Audited('update_ignore_rule', 'ignore_rule')
  @Operation({
    id: 'updateIgnoreRule',
    summary: 'Change some fields of an ignore rule',
    response: IgnoreRuleResponse,
    example: IGNORE_RULE_EXAMPLE,
    errors: { ...INVALID, ...NOT_FOUND },
  })
  async update(
    @Tenant() context: TenantContext,
    @Param('ignore_rule_id') id: string,
    @Body() body: UpdateIgnoreRuleBody,
  ): Promise<IgnoreRuleResponse> {
    return toIgnoreRuleResponse(await this.rules.change(context, id, toIgnoreRuleChange(body)));
  }

  @Delete(':ignore_rule_id')
  @HttpCode(204)
  @RequirePermission('ignore_rule:delete')
  @Audited('delete_ignore_rule', 'ignore_rule')
  @Operation({
    id: 'deleteIgnoreRule',
    summary: 'Delete an ignore rule',
    description: 'What it silenced is found again by the next scan.',
    status: 204,
    response: null,
    errors: NOT_FOUND,
  })
  async delete(
    @Tenant() context: TenantContext,
    @Param('ignore_rule_id') id: string,
  ): Promise<void> {
    await this.rules.delete(context, id);
  }
}
