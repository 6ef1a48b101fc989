import { Body, Controller, Delete, HttpCode, Param, Put, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Audited } from '../../../core/audit/index.js';
import { RequirePermission, StepUp, Tenant } from '../../../core/auth/index.js';
import type { TenantContext } from '../../../core/context/index.js';
import { clientSignal, Operation } from '../../../core/http/index.js';
import { ReplaceSourceCredentialsBody } from '../dto/source-credentials.request.js';
import {
  SOURCE_EXAMPLE,
  SourceCheckResponse,
  toSourceCheckResponse,
} from '../dto/source.response.js';
import { SourceCredentialsService } from './source-credentials.service.js';

const NOT_FOUND = { 404: 'SOURCE.NOT_FOUND' };

@ApiTags('sources')
@Controller('sources')
export class SourceCredentialsController {
  constructor(private readonly credentials: SourceCredentialsService) {}

  @Put(':source_id/credentials')
  @RequirePermission('iac:update')
  @StepUp()
  @Audited('replace_source_credentials', 'source')
  @Operation({
    id: 'replaceSourceCredentials',
    summary: 'Replace the credentials of a source',
    description:
      'They are tried first: the beginning of the state is really read, and what does not open it is refused with the reason and not kept. They are kept encrypted, apart from those of the cloud; only the names of the fields are ever answered.',
    response: SourceCheckResponse,
    example: {
      source: {
        ...SOURCE_EXAMPLE,
        location: 's3',
        url: 's3://acme-states/network.tfstate?region=eu-central-1',
        credential_fields: ['accessKeyId', 'secretAccessKey'],
        content: null,
      },
      document: { name: 's3://acme-states/network.tfstate', version: '3sL4kqtJ', size: 48_213 },
    },
    errors: {
      403: 'AUTH.STEP_UP_REQUIRED',
      400: 'REQUEST.INVALID, SOURCE.CREDENTIALS_INVALID, SOURCE.DENIED, SOURCE.STATE_MISSING, SOURCE.STATE_TOO_LARGE, SOURCE.ANSWER_INVALID, OUTBOUND.*, IAC.*',
      ...NOT_FOUND,
      409: 'SOURCE.NOT_REMOTE',
      503: 'SOURCE.UNREACHABLE, SOURCE.THROTTLED, SOURCE.TRUNCATED, SOURCE.CHANGED_WHILE_READ',
    },
  })
  async replace(
    @Tenant() context: TenantContext,
    @Param('source_id') id: string,
    @Body() body: ReplaceSourceCredentialsBody,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SourceCheckResponse> {
    const signal = clientSignal(reply);
    return toSourceCheckResponse(
      await this.credentials.replace(context, id, body.credentials, signal),
    );
  }

  @Delete(':source_id/credentials')
  @HttpCode(204)
  @RequirePermission('iac:delete')
  @Audited('delete_source_credentials', 'source')
  @Operation({
    id: 'deleteSourceCredentials',
    summary: 'Remove the credentials of a source',
    description: 'It is read without any from then on.',
    status: 204,
    response: null,
    errors: NOT_FOUND,
  })
  async delete(@Tenant() context: TenantContext, @Param('source_id') id: string): Promise<void> {
    await this.credentials.delete(context, id);
  }
}
