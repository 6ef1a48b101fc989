import { Readable } from 'node:stream';
import { Controller, Get, HttpCode, Param, Post, StreamableFile } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Audited } from '../../../core/audit/index.js';
import { RequirePermission, StepUp, Tenant } from '../../../core/auth/index.js';
import type { TenantContext } from '../../../core/context/index.js';
import { Operation } from '../../../core/http/index.js';
import { AnonymisationService } from './anonymisation.service.js';
import { PersonalDataService } from './personal-data.service.js';
import { AnonymisedResponse, toAnonymisedResponse } from './privacy.dto.js';

/** For administrators, about a person of the organization. */
@ApiTags('privacy')
@Controller('users/:id')
export class UserPrivacyController {
  constructor(
    private readonly personalData: PersonalDataService,
    private readonly anonymisation: AnonymisationService,
  ) {}

  @Get('personal-data')
  @RequirePermission('privacy:read')
  @Audited('export_personal_data', 'user')
  @Operation({
    id: 'exportPersonalData',
    summary: 'Everything there is about a person, as one JSON document',
    description: 'Articles 15 and 20 GDPR. Streamed. Secrets and their hashes are not in it.',
    response: null,
    errors: { 404: 'USER.NOT_FOUND' },
  })
  async export(@Tenant() context: TenantContext, @Param('id') id: string) {
    return archiveFile(await this.personalData.exportOf(context, id));
  }

  @Post('anonymise')
  @HttpCode(200)
  @RequirePermission('privacy:update')
  @StepUp()
  @Audited('anonymise_user', 'user')
  @Operation({
    id: 'anonymiseUser',
    summary: 'Take a person out of everything, for good',
    description:
      'The account is closed; what the person did stays, done by a pseudonym. The audit log can still be verified. Cannot be undone.',
    response: AnonymisedResponse,
    errors: { 403: 'AUTH.STEP_UP_REQUIRED', 404: 'USER.NOT_FOUND', 409: 'USER.LAST_ADMINISTRATOR' },
    example: { pseudonym: 'anonymised-3f9a0c2b71de', counts: { users: 1, sessions: 2 } },
  })
  async anonymise(@Tenant() context: TenantContext, @Param('id') id: string) {
    return toAnonymisedResponse(await this.anonymisation.anonymise(context, id));
  }
}

export function archiveFile(pieces: AsyncIterable<string>): StreamableFile {
  return new StreamableFile(Readable.from(pieces, { objectMode: false }), {
    type: 'application/json; charset=utf-8',
    disposition: 'attachment; filename="personal-data.json"',
  });
}
