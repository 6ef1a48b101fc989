import type { DeclaredRecord, JsonObject, JsonValue } from '../../../../core/providers/index.js';
import { loadContentHasher } from '../bytes/content-hash.js';
import type { ContentHasher } from '../bytes/content-hash.js';
import { isObject, member, objectMember, textMember } from '../json/read-json.js';
import { refusal } from '../parse.errors.js';
import type { ParseOptions } from '../parse-options.js';
import { notice } from '../records.js';
import { removedPaths } from '../removed-values.js';
import type { Template } from './read-template.js';
import { declaredName, providerOfType, scopeOfType } from './resource-facts.js';
import { gapNotices, skippedNotice, templateNotices } from './template-notices.js';
import { TemplateResolver } from './template-resolver.js';

interface TemplateFacts {
  readonly file: string;
  readonly options: ParseOptions;
  readonly resolver: TemplateResolver;
  readonly template: Template;
  /** Of everything outside a resource that decides what it comes to. */
  readonly surroundings: string;
  readonly hasher: ContentHasher;
}

/** Whether a resource is part of the stack; null when its condition cannot be known. */
function isDeclared(body: JsonObject, logicalId: string, facts: TemplateFacts): boolean | null {
  const name = textMember(body, 'Condition');
  if (name === null) return true;
  const holds = facts.resolver.condition(name);
  if (holds !== null) return holds;
  return Object.hasOwn(facts.options.physicalIds ?? {}, logicalId) ? true : null;
}

function* resourceRecords(
  logicalId: string,
  body: JsonValue,
  facts: TemplateFacts,
): Generator<DeclaredRecord> {
  const { file, options, resolver, template, hasher } = facts;
  const { physicalIds = {}, stackName, context = {} } = options;
  const place = template.places.get(logicalId);
  const line = place?.line ?? null;
  const address = stackName ? `${stackName}/${logicalId}` : logicalId;
  if (logicalId.startsWith('Fn::')) {
    yield notice(
      'warning',
      'CFN.NOT_PROCESSED',
      `${logicalId} makes resources when the template is deployed. Give the processed template to compare them.`,
      { file, line },
    );
    return;
  }
  const type = textMember(body, 'Type');
  if (!isObject(body) || type === null) {
    throw refusal(
      'TEMPLATE_MALFORMED',
      file,
      `the resource ${logicalId} has no Type`,
      'Check it with `aws cloudformation validate-template`',
      { line, byte: null },
    );
  }
  const skipped = skippedNotice(address, line, file, body);
  if (skipped !== null) {
    yield skipped;
    return;
  }
  const declared = isDeclared(body, logicalId, facts);
  if (declared === null) {
    yield notice(
      'warning',
      'CFN.UNRESOLVED_CONDITION',
      `${address}: whether it is declared depends on the condition ${textMember(body, 'Condition') ?? ''}, which is not known. Give the parameters it depends on. It is not compared.`,
      { file, line },
      address,
    );
  }
  if (declared !== true) return;

  const resolution = resolver.resolve(objectMember(body, 'Properties') ?? {});
  const attributes = isObject(resolution.value) ? resolution.value : {};
  const removed = removedPaths(attributes);
  yield {
    kind: 'declared',
    resource: {
      address,
      type,
      format: 'cfn-properties',
      provider: providerOfType(type),
      id: Object.hasOwn(physicalIds, logicalId) ? (physicalIds[logicalId] ?? null) : null,
      name: declaredName(type, attributes),
      attributes,
      sensitivePaths: [...resolution.sensitivePaths, ...removed],
      unresolvedPaths: [...resolution.unresolved.map(({ path }) => path), ...removed],
      ignoredPaths: [],
      previousAddress: null,
      scope: scopeOfType(type, context),
      location: { file, line },
      contentHash:
        place === undefined ? null : hasher.hashText(`${facts.surroundings}\n${place.source}`),
    },
  };
  yield* gapNotices(address, line, file, resolution.unresolved);
}

/** The resources of a template, with everything put in that the template and the given facts say. */
export async function templateRecords(
  template: Template,
  file: string,
  options: ParseOptions,
): Promise<Iterable<DeclaredRecord>> {
  const hasher = await loadContentHasher();
  const { body } = template;
  const sections = ['Parameters', 'Mappings', 'Conditions'].map((key) => member(body, key) ?? null);
  const { context, parameters, physicalIds, stackName, stackId } = options;
  const given = { context, parameters, physicalIds, stackName, stackId };
  const facts: TemplateFacts = {
    file,
    options,
    template,
    resolver: new TemplateResolver(body, options),
    surroundings: hasher.hashText(JSON.stringify([sections, given])),
    hasher,
  };
  return recordsOf(facts);
}

function* recordsOf(facts: TemplateFacts): Generator<DeclaredRecord> {
  const { template, file, options } = facts;
  yield* templateNotices(template, file, options);
  for (const [logicalId, body] of Object.entries(objectMember(template.body, 'Resources') ?? {})) {
    yield* resourceRecords(logicalId, body, facts);
  }
}
