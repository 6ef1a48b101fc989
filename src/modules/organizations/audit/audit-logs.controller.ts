import { Readable } from 'node:stream';
import { Controller, Get, Query, StreamableFile } from '@nestjs/common';
import { ApiProduces, ApiTags } from '@nestjs/swagger';
import { Audited, AuditReader, AuditVerification } from '../../../core/audit/index.js';
import { RequirePermission, Tenant } from '../../../core/auth/index.js';
import type { TenantContext } from '../../../core/context/index.js';
import { CursorCodec, Operation, type Page, toPage } from '../../../core/http/index.js';
import { exportLines, MEDIA_TYPES } from './audit-export.js';
import { AuditExportQuery, AuditLogQuery, toFilter } from './audit-log.query.js';
import { AUDIT_LOG_EXAMPLE, AuditLogResponse, toAuditLogResponse } from './audit-log.response.js';
import {
  AuditVerificationResponse,
  toVerificationResponse,
  VERIFICATION_EXAMPLE,
} from './audit-verification.response.js';

const LIST = 'audit-logs';

@ApiTags('audit')
@Controller('audit-logs')
export class AuditLogsController {
  constructor(
    private readonly reader: AuditReader,
    private readonly verification: AuditVerification,
    private readonly cursors: CursorCodec,
  ) {}

  @Get()
  @RequirePermission('audit:read')
  @Audited('read_audit_log', 'audit_log')
  @Operation({
    id: 'listAuditLogs',
    summary: 'Who did what, the newest first',
    response: AuditLogResponse,
    list: true,
    errors: { 400: 'REQUEST.INVALID, REQUEST.CURSOR_INVALID' },
    example: {
      data: [AUDIT_LOG_EXAMPLE],
      pagination: { next_cursor: null, page_size: 50, has_more: false },
    },
  })
  async list(
    @Tenant() context: TenantContext,
    @Query() query: AuditLogQuery,
  ): Promise<Page<AuditLogResponse>> {
    const [before] = query.cursor === undefined ? [null] : this.cursors.decode(LIST, query.cursor);
    const rows = await this.reader.list(
      context,
      toFilter(query),
      typeof before === 'string' ? before : null,
      query.page_size + 1,
    );
    const page = toPage(rows, query.page_size, (last) =>
      this.cursors.encode(LIST, [last.sequence]),
    );
    return { data: page.data.map(toAuditLogResponse), pagination: page.pagination };
  }

  @Get('export')
  @RequirePermission('audit:read')
  @Audited('export_audit_log', 'audit_log')
  @ApiProduces('application/x-ndjson', 'text/csv')
  @Operation({
    id: 'exportAuditLogs',
    summary: 'All entries that match, as NDJSON or CSV',
    description: 'Streamed, the newest first; `page_size` and `cursor` are ignored.',
    response: null,
  })
  export(@Tenant() context: TenantContext, @Query() query: AuditExportQuery): StreamableFile {
    const { format, ...narrowed } = query;
    const lines = exportLines(this.reader.all(context, toFilter(narrowed)), format);
    return new StreamableFile(Readable.from(lines, { objectMode: false }), {
      type: MEDIA_TYPES[format],
      disposition: `attachment; filename="audit-log.${format}"`,
    });
  }

  @Get('verification')
  @RequirePermission('audit:read')
  @Audited('verify_audit_log', 'audit_log')
  @Operation({
    id: 'verifyAuditLogs',
    summary: 'Whether the chain of entries is whole, and where it breaks',
    response: AuditVerificationResponse,
    example: VERIFICATION_EXAMPLE,
  })
  async verify(@Tenant() context: TenantContext): Promise<AuditVerificationResponse> {
    return toVerificationResponse(await this.verification.verify(context));
  }
}
