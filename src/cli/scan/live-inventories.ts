import type { CommandContext } from '../command-context.js';
import { usageError } from '../errors.js';
import type { ActualSide } from './actual-side.js';
import type { ScanOptions } from './scan-options.js';

export function openLiveInventories(
  _options: ScanOptions,
  _context: CommandContext,
): Promise<ActualSide> {
  return Promise.reject(usageError('not wired'));
}
