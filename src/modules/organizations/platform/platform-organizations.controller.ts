import { Body, Controller, Get, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { type Operator, OperatorOnly, PlatformOperator } from '../../../core/auth/index.js';
import { CursorCodec, Operation, type Page, PageQuery, toPage } from '../../../core/http/index.js';
import {
  PLATFORM_ORGANIZATION_EXAMPLE,
  PlatformOrganizationResponse,
  SetOrganizationStatusBody,
  toPlatformOrganizationResponse,
} from '../dto/platform-organization.js';
import { PlatformOrganizationsService } from './platform-organizations.service.js';

const LIST = 'platform-organizations';

/** For the operator of the installation, who is nobody's user; a token of a tenant opens nothing here. */
@ApiTags('platform')
@Controller('platform/organizations')
export class PlatformOrganizationsController {
  constructor(
    private readonly organizations: PlatformOrganizationsService,
    private readonly cursors: CursorCodec,
  ) {}

  @Get()
  @OperatorOnly()
  @Operation({
    id: 'listOrganizations',
    summary: 'The organizations of the installation, by slug',
    description: 'With the token of an operator, whom `driftguard admin operator create` makes.',
    response: PlatformOrganizationResponse,
    list: true,
    errors: { 400: 'REQUEST.INVALID, REQUEST.CURSOR_INVALID', 429: 'AUTH.TOO_MANY_ATTEMPTS' },
    example: {
      data: [PLATFORM_ORGANIZATION_EXAMPLE],
      pagination: { next_cursor: null, page_size: 50, has_more: false },
    },
  })
  async list(@Query() query: PageQuery): Promise<Page<PlatformOrganizationResponse>> {
    const [after] = query.cursor === undefined ? [null] : this.cursors.decode(LIST, query.cursor);
    const afterSlug = typeof after === 'string' ? after : null;
    const rows = await this.organizations.list(afterSlug, query.page_size + 1);
    const page = toPage(rows, query.page_size, (last) => this.cursors.encode(LIST, [last.slug]));
    return { data: page.data.map(toPlatformOrganizationResponse), pagination: page.pagination };
  }

  @Put('status')
  @OperatorOnly()
  @Operation({
    id: 'setOrganizationStatus',
    summary: 'Deactivate or reactivate an organization',
    description:
      'Deactivated: no login, no request with a token that runs, no job; a running scan is stopped within seconds. Recorded in the audit log of the organization.',
    response: PlatformOrganizationResponse,
    errors: { 404: 'ORGANIZATION.NOT_FOUND', 429: 'AUTH.TOO_MANY_ATTEMPTS' },
    example: PLATFORM_ORGANIZATION_EXAMPLE,
  })
  async setStatus(
    @Body() body: SetOrganizationStatusBody,
    @PlatformOperator() operator: Operator,
  ): Promise<PlatformOrganizationResponse> {
    const { organization, is_active } = body;
    return toPlatformOrganizationResponse(
      await this.organizations.setActive(organization, is_active, operator),
    );
  }
}
