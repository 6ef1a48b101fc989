import { DomainError } from '../../../core/errors/index.js';

/** A rule file that cannot be meant as it stands. The message names the file and the place in it. */
export class InvalidIgnoreRules extends DomainError {
  constructor(message: string) {
    super({ code: 'DRIFT.INVALID_IGNORE_RULES', kind: 'invalid', message });
  }
}

export const ignoreRuleErrors = {
  silencesEverything: () =>
    new DomainError({
      code: 'IGNORE_RULE.SILENCES_EVERYTHING',
      kind: 'invalid',
      message:
        'The rule would silence everything: name at least one provider, type, address, id, tag, actor or path.',
    }),
  alreadyExpired: (expiresAt: Date) =>
    new DomainError({
      code: 'IGNORE_RULE.ALREADY_EXPIRED',
      kind: 'invalid',
      message: `expires_at (${expiresAt.toISOString()}) is in the past: the rule would silence nothing.`,
    }),
  fileTooLarge: (limit: number) =>
    new DomainError({
      code: 'IGNORE_RULE.FILE_TOO_LARGE',
      kind: 'invalid',
      message: `The file is larger than ${limit / 1024} KiB; split it.`,
      details: { limit_bytes: limit },
    }),
  notText: () =>
    new InvalidIgnoreRules(
      'The file is not a text: it has the character U+0000 in it. Save it as UTF-8.',
    ),
  tooMany: (limit: number) =>
    new DomainError({
      code: 'IGNORE_RULE.TOO_MANY',
      kind: 'invalid',
      message: `One import takes at most ${limit} rules; split the file.`,
      details: { limit },
    }),
};
