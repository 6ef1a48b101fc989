import type { DocumentKind } from '../../modules/iac/index.js';

export interface PushOptions {
  /** A file, or `-` for standard input. */
  readonly file: string;
  /** Null: from the environment. */
  readonly url: string | null;
  readonly token: string | null;
  readonly source: string | null;
  readonly kind: 'auto' | DocumentKind;
  /** Names of keys whose values are removed too. */
  readonly remove: readonly string[];
  /** Print what would be sent, and send nothing. */
  readonly dryRun: boolean;
  readonly allowOlder: boolean;
  readonly format: 'text' | 'json';
}
