import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Public } from '../../auth/access.decorators.js';
import { LINK_SCRIPT_PATH, STYLE_PATH } from './page.js';
import { LINK_SCRIPT, STYLE } from './page-assets.js';

const AN_HOUR = 'public, max-age=3600';

/** What pages refer to, because nothing inline is allowed. */
@ApiExcludeController()
@Controller()
export class PageAssetsController {
  @Get(STYLE_PATH)
  @Public()
  @Header('content-type', 'text/css; charset=utf-8')
  @Header('cache-control', AN_HOUR)
  style(): string {
    return STYLE;
  }

  @Get(LINK_SCRIPT_PATH)
  @Public()
  @Header('content-type', 'text/javascript; charset=utf-8')
  @Header('cache-control', AN_HOUR)
  linkScript(): string {
    return LINK_SCRIPT;
  }
}
