import { Body, Controller, Get, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Audited } from '../../../core/audit/index.js';
import { RequirePermission, Tenant } from '../../../core/auth/index.js';
import type { TenantContext } from '../../../core/context/index.js';
import { Operation } from '../../../core/http/index.js';
import { ConsentsService } from './consents.service.js';
import {
  PROCESSING_RECORD_EXAMPLE,
  ProcessingRecordBody,
  ProcessingRecordListResponse,
  ProcessingRecordResponse,
  toProcessingRecordResponse,
} from './privacy.dto.js';

@ApiTags('privacy')
@Controller('processing-records')
export class ProcessingRecordsController {
  constructor(private readonly records: ConsentsService) {}

  @Get()
  @RequirePermission('privacy:read')
  @Operation({
    id: 'listProcessingRecords',
    summary: 'The register of processing activities, the newest first',
    response: ProcessingRecordListResponse,
    example: { data: [PROCESSING_RECORD_EXAMPLE] },
  })
  async list(@Tenant() context: TenantContext): Promise<ProcessingRecordListResponse> {
    return { data: (await this.records.listProcessing(context)).map(toProcessingRecordResponse) };
  }

  @Post()
  @RequirePermission('privacy:update')
  @Audited('add_processing_record', 'processing_record')
  @Operation({
    id: 'addProcessingRecord',
    summary: 'Add to the register of processing activities',
    status: 201,
    response: ProcessingRecordResponse,
    example: PROCESSING_RECORD_EXAMPLE,
  })
  async add(
    @Tenant() context: TenantContext,
    @Body() body: ProcessingRecordBody,
  ): Promise<ProcessingRecordResponse> {
    return toProcessingRecordResponse(await this.records.recordProcessing(context, body));
  }
}
