import { DomainError } from '../../../core/errors/index.js';

/** A rule file that cannot be meant as it stands. The message names the file and the place in it. */
export class InvalidIgnoreRules extends DomainError {
  constructor(message: string) {
    super({ code: 'DRIFT.INVALID_IGNORE_RULES', kind: 'invalid', message });
  }
}
