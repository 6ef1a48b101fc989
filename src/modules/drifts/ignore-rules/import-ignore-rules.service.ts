import { EntityManager, ref } from '@mikro-orm/core';
import { Injectable } from '@nestjs/common';
import type { TenantContext } from '../../../core/context/index.js';
import { EnvironmentRepository } from '../../environments/index.js';
import type { IgnoreRule } from '../engine/index.js';
import { IgnoreRuleRepository, type IgnoreRuleRow } from './ignore-rule.repository.js';
import { ignoreRuleErrors } from './ignore-rules.errors.js';
import { assertFuture } from './ignore-rules.service.js';
import { parseHcl } from './lifecycle/hcl.js';
import { ignoreChangesIn } from './lifecycle/ignore-changes.js';
import { readIgnoreFile } from './read-ignore-file.js';

export const MAX_FILE_BYTES = 1024 * 1024;
const MAX_RULES = 1000;

export interface ImportRequest {
  /** Null: every environment. */
  readonly environmentId: string | null;
  /** Says which tool it was written for; see `readIgnoreFile`. `*.tf` is code with `lifecycle.ignore_changes`. */
  readonly fileName: string;
  readonly reason: string;
  readonly expiresAt: Date | null;
  /** Takes the place of what was imported from a file of this name into the same environment before. */
  readonly replace: boolean;
  readonly content: AsyncIterable<Uint8Array>;
}

export interface ImportResult {
  readonly rules: readonly IgnoreRuleRow[];
  /** Rules of an earlier import that made way. */
  readonly removed: number;
}

/** Keeps all rules of a file or none. */
@Injectable()
export class ImportIgnoreRulesService {
  constructor(
    private readonly em: EntityManager,
    private readonly rules: IgnoreRuleRepository,
    private readonly environments: EnvironmentRepository,
  ) {}

  /** @throws DomainError `DRIFT.INVALID_IGNORE_RULES` naming file and line */
  async import(context: TenantContext, request: ImportRequest): Promise<ImportResult> {
    const { environmentId, fileName, reason, expiresAt, replace } = request;
    const environment =
      environmentId === null ? null : await this.environments.getById(context, environmentId);
    assertFuture(expiresAt);
    const read = await readRules(await textOf(request.content), fileName);
    if (read.length > MAX_RULES) throw ignoreRuleErrors.tooMany(MAX_RULES);
    const before = replace
      ? await this.rules.find(context, {
          imported_from: fileName,
          environment: environmentId === null ? null : { id: environmentId },
        })
      : [];
    for (const rule of before) this.rules.remove(context, rule);
    const first = await this.rules.nextPosition(context);
    const kept = read.map((rule, index) =>
      this.rules.create(context, {
        ...mutable(rule),
        environment: environment && ref(environment),
        position: first + index,
        reason,
        imported_from: fileName,
        created_by: context.actor.id,
        expires_at: expiresAt,
      }),
    );
    await this.em.flush();
    const ids = new Set(kept.map(({ id }) => id));
    const rows = await this.rules.list(context, {
      environmentId,
      after: [first - 1, 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
      limit: MAX_RULES,
    });
    return { rules: rows.filter(({ id }) => ids.has(id)), removed: before.length };
  }
}

async function readRules(content: string, fileName: string): Promise<IgnoreRule[]> {
  return /\.tf(\.json)?$/.test(fileName)
    ? ignoreChangesIn(await parseHcl(content, fileName), fileName, [])
    : readIgnoreFile(content, fileName);
}

async function textOf(content: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of content) {
    bytes += chunk.length;
    if (bytes > MAX_FILE_BYTES) throw ignoreRuleErrors.fileTooLarge(MAX_FILE_BYTES);
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  if (text.includes('\0')) throw ignoreRuleErrors.notText();
  return text;
}

function mutable(rule: IgnoreRule) {
  const { name, origin, tags, negated } = rule;
  const { providers, types, addresses, ids, actors, paths, silences } = rule;
  return {
    ...{ name, origin, tags: { ...tags }, negated },
    providers: [...providers],
    types: [...types],
    addresses: [...addresses],
    ids: [...ids],
    actors: [...actors],
    paths: [...paths],
    silences: [...silences],
  };
}
