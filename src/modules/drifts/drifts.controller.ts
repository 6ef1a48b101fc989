import { Body, Controller, Get, Param, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Audited } from '../../core/audit/index.js';
import { RequirePermission, Tenant } from '../../core/auth/index.js';
import type { TenantContext } from '../../core/context/index.js';
import { CursorCodec, Operation, type Page, toPage } from '../../core/http/index.js';
import { DRIFT_DETAIL_EXAMPLE, DRIFT_EXAMPLE } from './dto/drift.example.js';
import {
  DriftDetailResponse,
  DriftResponse,
  toDriftDetailResponse,
  toDriftResponse,
} from './dto/drift.response.js';
import { ListDriftsQuery, toDriftFilter } from './dto/list-drifts.query.js';
import { ResolveDriftBody, ResolveDriftResponse } from './dto/resolve-drift.request.js';
import { DriftsService } from './drifts.service.js';
import { ResolveDriftService } from './resolve-drift.service.js';

@ApiTags('drifts')
@Controller('drifts')
export class DriftsController {
  constructor(
    private readonly drifts: DriftsService,
    private readonly resolving: ResolveDriftService,
    private readonly cursors: CursorCodec,
  ) {}

  @Get()
  @RequirePermission('drift:read')
  @Operation({
    id: 'listDrifts',
    summary: 'List drifts, the newest first',
    response: DriftResponse,
    list: true,
    example: {
      data: [DRIFT_EXAMPLE],
      pagination: { next_cursor: null, page_size: 50, has_more: false },
    },
    errors: { 400: 'REQUEST.INVALID, REQUEST.CURSOR_INVALID', 404: 'ENVIRONMENT.NOT_FOUND' },
  })
  async list(
    @Tenant() context: TenantContext,
    @Query() query: ListDriftsQuery,
  ): Promise<Page<DriftResponse>> {
    const list = `drifts ${query.ordering}`;
    const after = query.cursor === undefined ? null : this.cursors.decode(list, query.cursor);
    const found = await this.drifts.list(
      context,
      toDriftFilter(query, after && { detectedAt: String(after[0]), id: String(after[1]) }),
    );
    return toPage(found.map(toDriftResponse), query.page_size, (last) =>
      this.cursors.encode(list, [last.detected_at, last.id]),
    );
  }

  @Get(':drift_id')
  @RequirePermission('drift:read')
  @Operation({
    id: 'getDrift',
    summary: 'Read one drift with its changes and both states',
    response: DriftDetailResponse,
    example: DRIFT_DETAIL_EXAMPLE,
    errors: { 404: 'DRIFT.NOT_FOUND' },
  })
  async get(
    @Tenant() context: TenantContext,
    @Param('drift_id') id: string,
  ): Promise<DriftDetailResponse> {
    return toDriftDetailResponse(await this.drifts.get(context, id));
  }

  @Put(':drift_id/resolve')
  @RequirePermission('drift:resolve')
  @Audited('resolve_drift', 'drift')
  @Operation({
    id: 'resolveDrift',
    summary: 'Resolve a drift',
    response: ResolveDriftResponse,
    example: { status: 'resolved' },
    errors: { 404: 'DRIFT.NOT_FOUND', 409: 'DRIFT.ALREADY_RESOLVED' },
  })
  async resolve(
    @Tenant() context: TenantContext,
    @Param('drift_id') id: string,
    @Body() body: ResolveDriftBody,
  ): Promise<ResolveDriftResponse> {
    await this.resolving.resolve(context, id, {
      type: body.resolution_type,
      comment: body.comment ?? null,
    });
    return { status: 'resolved' };
  }
}
