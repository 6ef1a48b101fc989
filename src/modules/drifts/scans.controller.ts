import { Controller, Get, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Audited } from '../../core/audit/index.js';
import { RequirePermission, Tenant } from '../../core/auth/index.js';
import type { TenantContext } from '../../core/context/index.js';
import {
  API_PREFIX,
  CursorCodec,
  Operation,
  type Page,
  PageQuery,
  toPage,
} from '../../core/http/index.js';
import { SCAN_DETAIL_EXAMPLE, SCAN_EXAMPLE } from './dto/scan.example.js';
import {
  ScanDetailResponse,
  ScanResponse,
  toScanDetailResponse,
  toScanResponse,
} from './dto/scan.response.js';
import { ScansService } from './scans/scans.service.js';

const LIST = 'scans';

@ApiTags('scans')
@Controller()
export class ScansController {
  constructor(
    private readonly scans: ScansService,
    private readonly cursors: CursorCodec,
  ) {}

  @Post('environments/:environment_id/scans')
  @HttpCode(202)
  @RequirePermission('scan:create')
  @Audited('request_scan', 'environment')
  @Operation({
    id: 'requestScan',
    summary: 'Scan an environment',
    description: 'A worker does it; the header Location says where to follow it.',
    status: 202,
    response: ScanDetailResponse,
    example: SCAN_DETAIL_EXAMPLE,
    errors: {
      404: 'ENVIRONMENT.NOT_FOUND',
      409: 'SCAN.ALREADY_ACTIVE, ENVIRONMENT.INACTIVE, SCAN.DETECTION_DISABLED',
      503: 'QUEUE.UNAVAILABLE',
    },
  })
  async request(
    @Tenant() context: TenantContext,
    @Param('environment_id') environmentId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ScanDetailResponse> {
    const detail = await this.scans.request(context, environmentId, 'api');
    void reply.header('location', `/${API_PREFIX}/scans/${detail.scan.id}`);
    return toScanDetailResponse(detail);
  }

  @Get('environments/:environment_id/scans')
  @RequirePermission('scan:read')
  @Operation({
    id: 'listScans',
    summary: 'List the scans of an environment, the newest first',
    response: ScanResponse,
    list: true,
    example: {
      data: [SCAN_EXAMPLE],
      pagination: { next_cursor: null, page_size: 50, has_more: false },
    },
    errors: { 400: 'REQUEST.INVALID, REQUEST.CURSOR_INVALID', 404: 'ENVIRONMENT.NOT_FOUND' },
  })
  async list(
    @Tenant() context: TenantContext,
    @Param('environment_id') environmentId: string,
    @Query() query: PageQuery,
  ): Promise<Page<ScanResponse>> {
    const after = query.cursor === undefined ? null : this.cursors.decode(LIST, query.cursor);
    const rows = await this.scans.list(context, {
      environmentId,
      beforeId: after && String(after[0]),
      limit: query.page_size + 1,
    });
    return toPage(rows.map(toScanResponse), query.page_size, (last) =>
      this.cursors.encode(LIST, [last.id]),
    );
  }

  @Get('scans/:scan_id')
  @RequirePermission('scan:read')
  @Operation({
    id: 'getScan',
    summary: 'Follow a scan: progress, coverage, counts',
    response: ScanDetailResponse,
    example: SCAN_DETAIL_EXAMPLE,
    errors: { 404: 'SCAN.NOT_FOUND' },
  })
  async get(
    @Tenant() context: TenantContext,
    @Param('scan_id') id: string,
  ): Promise<ScanDetailResponse> {
    return toScanDetailResponse(await this.scans.get(context, id));
  }

  @Post('scans/:scan_id/cancel')
  @HttpCode(202)
  @RequirePermission('scan:create')
  @Audited('cancel_scan', 'scan')
  @Operation({
    id: 'cancelScan',
    summary: 'Cancel a scan',
    description: 'A waiting scan ends at once, a running one as soon as its worker hears of it.',
    status: 202,
    response: ScanDetailResponse,
    example: { ...SCAN_DETAIL_EXAMPLE, status: 'cancelled', cancel_requested: true },
    errors: { 404: 'SCAN.NOT_FOUND', 409: 'SCAN.NOT_ACTIVE' },
  })
  async cancel(
    @Tenant() context: TenantContext,
    @Param('scan_id') id: string,
  ): Promise<ScanDetailResponse> {
    return toScanDetailResponse(await this.scans.cancel(context, id));
  }
}
