import { DomainError } from '../core/errors/index.js';
import { printable } from './output/text.js';
import type { Terminal } from './output/terminal.js';

/** Something about the command line or its files that its user can put right. */
export function usageError(message: string, details: Record<string, unknown> = {}): DomainError {
  return new DomainError({ code: 'CLI.USAGE', kind: 'invalid', message, details });
}

/** An expected failure in its own words; anything else is a bug, shown with the stack that helps to report it. */
export function writeError(terminal: Terminal, error: unknown): void {
  const title = terminal.paint('red', 'error:');
  if (error instanceof DomainError) {
    const lines = error.message.split('\n').map(printable).join('\n');
    terminal.write(`${title} ${lines}\n`);
    return;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  terminal.write(`${title} unexpected failure, please report it\n${text}\n`);
}
