import type { DeclaredRecord, SourceLocation } from '../../../core/providers/index.js';

export function notice(
  level: 'info' | 'warning',
  code: string,
  message: string,
  location: SourceLocation,
  address?: string,
): DeclaredRecord {
  return {
    kind: 'notice',
    notice: { level, code, message, location, ...(address === undefined ? {} : { address }) },
  };
}
