import { IsIn, IsUUID } from 'class-validator';
import { defineJob } from '../../../core/queue/index.js';

/** With a link in it (`id` of the link), or a notice: about a change of address (`id` of the link), a password (of the user). */
export const ACCOUNT_MAILS = [
  'invitation',
  'password_reset',
  'email_change',
  'email_change_requested',
  'email_changed',
  'password_changed',
] as const;
export type AccountMail = (typeof ACCOUNT_MAILS)[number];

export class SendAccountMailPayload {
  @IsIn(ACCOUNT_MAILS)
  mail!: AccountMail;

  @IsUUID()
  id!: string;
}

const MINUTE_MS = 60_000;

/** One mail about an account. Tried for about an hour; a second mail of the same link makes the first one's token useless. */
export const sendAccountMailJob = defineJob({
  name: 'send-account-mail',
  queue: 'mail',
  payload: SendAccountMailPayload,
  attempts: 8,
  backoff: { type: 'exponential', delayMs: 15_000 },
  dedupeId: ({ mail, id }) => (mail === 'password_changed' ? null : `${mail}/${id}`),
  timeoutMs: 2 * MINUTE_MS,
  concurrency: 4,
});
