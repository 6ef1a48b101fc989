import path from 'node:path';
import { parse } from '@cdktf/hcl2json';
import type { JsonObject } from '../../../../core/providers/index.js';
import { InvalidIgnoreRules } from '../ignore-rules.errors.js';

/**
 * Reads a file of Terraform or OpenTofu code, `.tf` or `.tf.json`. Blocks are objects by type and labels, the innermost a list;
 * what is no literal stays as `${expression}`. The parser's own package is archived upstream: nothing else imports it.
 * @throws InvalidIgnoreRules naming file, line and what is wrong there
 */
export async function parseHcl(content: string, file: string): Promise<JsonObject> {
  try {
    const parsed: unknown = file.endsWith('.json')
      ? JSON.parse(content)
      : await parse(path.basename(file), content);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? (parsed as JsonObject)
      : {};
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    const [, line, what] = /\[[^\]:]*:(\d+)[\d,-]*: ([^\]]*)/.exec(said) ?? [];
    throw new InvalidIgnoreRules(
      line === undefined
        ? `${file}: not valid Terraform code: ${said.split('\n')[0] ?? ''}`
        : `${file}:${line}: not valid Terraform code: ${what ?? ''}`,
    );
  }
}
