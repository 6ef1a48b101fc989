import { UnsupportedMediaTypeException } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DomainError } from '../../errors/index.js';

import { LINK_SCRIPT_PATH, STYLE_PATH } from './page.js';

const LONGEST_FORM_BYTES = 16_384;

/** The pages with a form; `configureHttp` reads forms there and nowhere else. */
const FORM_PAGES = [
  'accept-invitation',
  'reset-password',
  'confirm-address',
  'queue-board/sign-in',
  'queue-board/sign-out',
];

/** Everything for a browser that is not under the prefix of the API. */
export const PAGES = ['/', 'signed-in', ...FORM_PAGES, STYLE_PATH, LINK_SCRIPT_PATH];

/** Forms for our own pages. The API takes none: what no form can send, no foreign page can send without a preflight. */
export function readForms(app: NestFastifyApplication): void {
  const pages = new Set(FORM_PAGES.map((path) => `/${path}`));
  app
    .getHttpAdapter()
    .getInstance()
    .addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string', bodyLimit: LONGEST_FORM_BYTES },
      (request, body, done) => {
        if (!pages.has(request.routeOptions.url ?? '')) {
          done(unsupported());
          return;
        }
        const fields = [...new URLSearchParams(String(body))];
        if (new Set(fields.map(([name]) => name)).size !== fields.length) done(twice());
        else done(null, Object.fromEntries(fields));
      },
    );
}

function unsupported(): Error {
  return new UnsupportedMediaTypeException();
}

function twice(): DomainError {
  return new DomainError({
    code: 'REQUEST.INVALID',
    kind: 'invalid',
    message: 'The form has a field twice.',
  });
}
