import type {
  DeclaredRecord,
  DeclaredResource,
  JsonObject,
  JsonValue,
  SourceLocation,
} from '../../../../core/providers/index.js';
import type { StreamedElement } from '../json/element-reader.js';
import { isObject, listMember, member, objectMember, textMember } from '../json/read-json.js';
import type { ReadElement } from '../known-elements.js';
import { refusal } from '../parse.errors.js';
import type { ParseContext } from '../parse-options.js';
import { notice } from '../records.js';
import { declaredResource } from './declared-resource.js';
import { withRenderedObjects } from './helm-release.js';
import { unwrapDynamicValues } from './dynamic-values.js';
import { expandLegacyAttributes } from './legacy-attributes.js';
import { resourceAddress } from './resource-address.js';
import { pathsFromSteps } from './sensitive-paths.js';

/** What was read of a state beside its resources; filled while it streams. */
export interface StateTally {
  resources: number;
  dataSources: number;
}

interface Block {
  readonly module: string | null;
  readonly type: string;
  readonly name: string;
  readonly provider: string;
}

function malformed(element: Omit<StreamedElement, 'known'>, file: string, what: string): Error {
  return refusal(
    'STATE_MALFORMED',
    file,
    `a resource of this state ${what}`,
    'Write the state again with `terraform state pull`',
    element.position,
  );
}

function readBlock(element: Omit<StreamedElement, 'known'>, file: string): Block {
  const type = textMember(element.value, 'type');
  const name = textMember(element.value, 'name');
  if (type === null || name === null) throw malformed(element, file, 'has no type or no name');
  return {
    module: textMember(element.value, 'module'),
    type,
    name,
    provider: textMember(element.value, 'provider') ?? '',
  };
}

function readAttributes(instance: JsonObject): JsonObject {
  const attributes = objectMember(instance, 'attributes');
  if (attributes === null) {
    return expandLegacyAttributes(objectMember(instance, 'attributes_flat') ?? {});
  }
  unwrapDynamicValues(attributes);
  return attributes;
}

function instanceKey(instance: JsonObject): string | number | null {
  const key = member(instance, 'index_key');
  return typeof key === 'string' || typeof key === 'number' ? key : null;
}

function* instanceRecords(
  block: Block,
  instance: JsonObject,
  contentHash: string,
  location: SourceLocation,
  context: ParseContext,
): Generator<DeclaredRecord> {
  const address = resourceAddress(block.module, block.type, block.name, instanceKey(instance));
  const deposed = textMember(instance, 'deposed');
  if (deposed !== null) {
    yield notice(
      'warning',
      'STATE.DEPOSED',
      `${address} still has a deposed object (${deposed}) of an unfinished replacement. It is not compared; finish the replacement with \`terraform apply\`.`,
      location,
      address,
    );
    return;
  }
  if (textMember(instance, 'status') === 'tainted') {
    yield notice(
      'info',
      'STATE.TAINTED',
      `${address} is tainted: the next apply replaces it.`,
      location,
      address,
    );
  }
  if (objectMember(instance, 'attributes') === null && 'attributes_flat' in instance) {
    yield notice(
      'info',
      'STATE.LEGACY_ATTRIBUTES',
      `${address} was last written by Terraform 0.11 or older, so all of its values are text. Refresh it with \`terraform apply -refresh-only\`.`,
      location,
      address,
    );
  }
  const resource = declaredResource(
    {
      address,
      type: block.type,
      providerReference: block.provider,
      attributes: readAttributes(instance),
      identity: objectMember(instance, 'identity'),
      sensitivePaths: pathsFromSteps(member(instance, 'sensitive_attributes')),
      unresolvedPaths: [],
      previousAddress: null,
      location,
      contentHash,
    },
    context,
  );
  yield* withRenderedObjects(resource, context);
}

/** One element of a state's `resources`. @throws DomainError when it has not the form of state version 4 */
export function readElement(
  element: Omit<StreamedElement, 'known'>,
  file: string,
  context: ParseContext,
): ReadElement {
  const mode = textMember(element.value, 'mode');
  const instances: readonly JsonValue[] = listMember(element.value, 'instances');
  if (mode !== 'managed') {
    if (mode === null) throw malformed(element, file, 'has no mode');
    return { records: [], resources: 0, dataSources: instances.length };
  }
  const block = readBlock(element, file);
  const location = { file, line: element.position.line };
  const records: DeclaredRecord[] = [];
  for (const instance of instances) {
    if (!isObject(instance)) throw malformed(element, file, 'has an instance that is no object');
    for (const record of instanceRecords(block, instance, element.contentHash, location, context))
      records.push(record);
  }
  return { records, resources: instances.length, dataSources: 0 };
}

/**
 * The resources in the raw bytes of one element that was read before, for whoever kept the bytes and needs their attributes
 * after all.
 */
export function resourcesInElement(bytes: Uint8Array): readonly DeclaredResource[] {
  const value = JSON.parse(Buffer.from(bytes).toString('utf8')) as JsonValue;
  const element = { value, contentHash: '', position: { line: null, byte: null } };
  return readElement(element, '', {}).records.flatMap((record) =>
    record.kind === 'declared' ? [record.resource] : [],
  );
}
