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
  Req,
  Res,
} from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Audited } from '../../core/audit/index.js';
import { RequirePermission, Tenant } from '../../core/auth/index.js';
import type { TenantContext } from '../../core/context/index.js';
import {
  checkedContent,
  clientSignal,
  CursorCodec,
  Operation,
  type Page,
  receiveUpload,
  toPage,
} from '../../core/http/index.js';
import { CreateSourceBody, toNewSource } from './dto/create-source.request.js';
import { ListSourcesQuery } from './dto/list-sources.query.js';
import {
  SOURCE_EXAMPLE,
  SourceResponse,
  toSourceResponse,
  toUploadResponse,
  UploadResponse,
} from './dto/source.response.js';
import { toSourceChange, UpdateSourceBody } from './dto/update-source.request.js';
import { UploadSourceQuery } from './dto/upload-source.query.js';
import { SourcesService } from './sources.service.js';
import { UploadSourceService } from './upload-source.service.js';

const LIST = 'sources';
const NOT_FOUND = { 404: 'SOURCE.NOT_FOUND' };
const PATHS = 'SOURCE.PATHS_FORBIDDEN, SOURCE.PATH_OUTSIDE, SOURCE.PATH_MISSING';
const INVALID = {
  400: `REQUEST.INVALID, SOURCE.SECRET_PARAMETER, ${PATHS}, SOURCE.PATH_AND_URL, SOURCE.URL_INVALID, OUTBOUND.HOST_FORBIDDEN, OUTBOUND.HOST_UNKNOWN`,
};

@ApiTags('sources')
@Controller('sources')
export class SourcesController {
  constructor(
    private readonly sources: SourcesService,
    private readonly uploads: UploadSourceService,
    private readonly cursors: CursorCodec,
  ) {}

  @Get()
  @RequirePermission('iac:read')
  @Operation({
    id: 'listSources',
    summary: 'List sources of declared state by name',
    response: SourceResponse,
    list: true,
    example: {
      data: [SOURCE_EXAMPLE],
      pagination: { next_cursor: null, page_size: 50, has_more: false },
    },
    errors: { 404: 'ENVIRONMENT.NOT_FOUND' },
  })
  async list(
    @Tenant() context: TenantContext,
    @Query() query: ListSourcesQuery,
  ): Promise<Page<SourceResponse>> {
    const after = query.cursor === undefined ? null : this.cursors.decode(LIST, query.cursor);
    const rows = await this.sources.list(context, {
      environmentId: query.environment_id ?? null,
      after: after && [String(after[0]), String(after[1])],
      limit: query.page_size + 1,
    });
    return toPage(rows.map(toSourceResponse), query.page_size, (last) =>
      this.cursors.encode(LIST, [last.name, last.id]),
    );
  }

  @Post()
  @RequirePermission('iac:create')
  @Audited('create_source', 'source')
  @Operation({
    id: 'createSource',
    summary: 'Create a source of declared state',
    description: 'Its content is uploaded afterwards, unless it points at a path or URL.',
    status: 201,
    response: SourceResponse,
    example: { ...SOURCE_EXAMPLE, content: null },
    errors: { ...INVALID, 404: 'ENVIRONMENT.NOT_FOUND', 409: 'SOURCE.NAME_TAKEN' },
  })
  async create(
    @Tenant() context: TenantContext,
    @Body() body: CreateSourceBody,
  ): Promise<SourceResponse> {
    return toSourceResponse(await this.sources.create(context, toNewSource(body)));
  }

  @Get(':source_id')
  @RequirePermission('iac:read')
  @Operation({
    id: 'getSource',
    summary: 'Read one source',
    response: SourceResponse,
    example: SOURCE_EXAMPLE,
    errors: NOT_FOUND,
  })
  async get(
    @Tenant() context: TenantContext,
    @Param('source_id') id: string,
  ): Promise<SourceResponse> {
    return toSourceResponse(await this.sources.get(context, id));
  }

  @Patch(':source_id')
  @RequirePermission('iac:update')
  @Audited('update_source', 'source')
  @Operation({
    id: 'updateSource',
    summary: 'Change some fields of a source',
    response: SourceResponse,
    example: SOURCE_EXAMPLE,
    errors: {
      ...INVALID,
      ...NOT_FOUND,
      409: 'SOURCE.NAME_TAKEN, SOURCE.NOT_A_PATH, SOURCE.NOT_REMOTE',
    },
  })
  async update(
    @Tenant() context: TenantContext,
    @Param('source_id') id: string,
    @Body() body: UpdateSourceBody,
  ): Promise<SourceResponse> {
    return toSourceResponse(await this.sources.change(context, id, toSourceChange(body)));
  }

  @Put(':source_id/content')
  @RequirePermission('iac:push')
  @Audited('upload_source', 'source')
  @ApiConsumes('application/octet-stream', 'multipart/form-data')
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @ApiHeader({
    name: 'content-digest',
    required: false,
    description:
      'Digest of the content by sha-256 or sha-512 (RFC 9530); with it, content that was changed or cut off on the way is refused.',
  })
  @Operation({
    id: 'uploadSource',
    summary: 'Replace the content of a source',
    description:
      'State, plan, template or manifests, as a raw body or as the only part of a form. It is read as it arrives, checked, and kept encrypted; content that cannot be read is refused with file, line and remedy, and nothing of it is kept. The same content again changes nothing; an older serial of the same Terraform state is refused.',
    response: UploadResponse,
    example: { source: SOURCE_EXAMPLE, resources: 61, changed: true, notices: [] },
    errors: {
      400: 'IAC.*, SOURCE.CONTENT_TOO_LARGE, SOURCE.CONTENT_EMPTY, REQUEST.NO_FILE, REQUEST.FORM_INVALID, REQUEST.DIGEST_INVALID, REQUEST.DIGEST_MISMATCH',
      ...NOT_FOUND,
      409: 'SOURCE.NOT_AN_UPLOAD, SOURCE.SERIAL_OLDER',
      415: 'REQUEST.MEDIA_TYPE',
    },
  })
  async upload(
    @Tenant() context: TenantContext,
    @Param('source_id') id: string,
    @Query() { allow_older: allowOlder }: UploadSourceQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<UploadResponse> {
    const open = async () => {
      const { fileName, content } = await receiveUpload(request, this.uploads.maxBytes);
      const digest = request.headers['content-digest'];
      return { fileName, content: checkedContent(content, digest?.toString()) };
    };
    const signal = clientSignal(reply);
    return toUploadResponse(await this.uploads.upload(context, id, open, signal, { allowOlder }));
  }

  @Delete(':source_id')
  @HttpCode(204)
  @RequirePermission('iac:delete')
  @Audited('delete_source', 'source')
  @Operation({
    id: 'deleteSource',
    summary: 'Delete a source with its content and resources',
    description: 'Its open drifts are resolved by the next scan.',
    status: 204,
    response: null,
    errors: NOT_FOUND,
  })
  async delete(@Tenant() context: TenantContext, @Param('source_id') id: string): Promise<void> {
    await this.sources.delete(context, id);
  }
}
