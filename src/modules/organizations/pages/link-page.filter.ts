import { Catch } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type Answer, formPage, PageFilter } from '../../../core/http/index.js';
import { LINK_FORMS, type LinkFormName, withProblem } from './account-forms.js';

/** Shows the form again, with what was wrong. */
@Catch()
export class LinkPageFilter extends PageFilter {
  protected override render({ message }: Answer, request: FastifyRequest): string | null {
    const name = request.url.split('?', 1)[0]?.replace(/^\/+|\/+$/g, '') ?? '';
    if (!isLinkForm(name)) return null;
    const { body } = request;
    const sent = typeof body === 'object' && body !== null ? body : {};
    return formPage(withProblem(name, sent as Readonly<Record<string, unknown>>, message));
  }
}

function isLinkForm(name: string): name is LinkFormName {
  return Object.hasOwn(LINK_FORMS, name);
}
