import { Catch } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type Answer, messagePage, PageFilter, wantsPage } from '../../../core/http/index.js';

/** From /api/v1/auth/sso. */
const ROOT = '../../../../';

/** A browser comes back from the provider: problem details would be all its reader sees. */
@Catch()
export class SsoPageFilter extends PageFilter {
  protected override render({ message, code }: Answer, request: FastifyRequest): string | null {
    if (!wantsPage(request)) return null;
    return messagePage(
      'You are not signed in',
      [message, `Tell your administrator ${code} if it happens again.`],
      { href: ROOT, label: 'Try again' },
      ROOT,
    );
  }
}
