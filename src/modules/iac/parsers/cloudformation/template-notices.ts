import type { DeclaredRecord, JsonObject, JsonValue } from '../../../../core/providers/index.js';
import { member, objectMember, textMember } from '../json/read-json.js';
import type { ParseOptions } from '../parse-options.js';
import { notice } from '../records.js';
import type { Reason, UnresolvedCode } from './outcome.js';
import type { Template } from './read-template.js';

/** Its functions are evaluated here, so it changes nothing we would miss. */
const UNDERSTOOD = 'AWS::LanguageExtensions';

function transforms(value: JsonValue | undefined): string[] {
  const list = Array.isArray(value) ? value : [value ?? null];
  return list
    .map((item) => (typeof item === 'string' ? item : (textMember(item, 'Name') ?? '')))
    .filter((name) => name !== '' && name !== UNDERSTOOD);
}

/** What a reader should know about the template as a whole. */
export function* templateNotices(
  template: Template,
  file: string,
  options: ParseOptions,
): Generator<DeclaredRecord> {
  const location = { file, line: null };
  const names = transforms(member(template.body, 'Transform'));
  if (names.length > 0) {
    yield notice(
      'warning',
      'CFN.TRANSFORM',
      `The template is rewritten by ${names.join(', ')} when it is deployed. Give the processed one: \`aws cloudformation get-template --template-stage Processed --stack-name STACK\`.`,
      location,
    );
  }
  for (const { key, line } of template.duplicates) {
    yield notice(
      'warning',
      'CFN.DUPLICATE_KEY',
      `The key ${key} stands twice in one mapping; the last one counts.`,
      { file, line },
    );
  }
  const declared = objectMember(template.body, 'Parameters') ?? {};
  for (const name of Object.keys(options.parameters ?? {})) {
    if (Object.hasOwn(declared, name)) continue;
    yield notice(
      'warning',
      'CFN.UNKNOWN_PARAMETER',
      `A value was given for the parameter ${name}, which the template does not have.`,
      location,
    );
  }
}

const WHAT_TO_DO: Record<UnresolvedCode, string> = {
  UNRESOLVED_REFERENCE:
    'Give the physical ids of the stack (`aws cloudformation describe-stack-resources`).',
  UNRESOLVED_ATTRIBUTE: 'The template cannot say; these properties are not judged.',
  UNRESOLVED_IMPORT: 'The template cannot say; these properties are not judged.',
  UNRESOLVED_PARAMETER:
    'Give the value, as the stack has it (`aws cloudformation describe-stacks`).',
  UNRESOLVED_CONDITION: 'Give the parameters it depends on.',
  UNRESOLVED_DYNAMIC_REFERENCE: 'It is fetched at deployment; these properties are not judged.',
  UNRESOLVED_FUNCTION: 'It is evaluated at deployment; these properties are not judged.',
  INVALID_FUNCTION: 'Check the template.',
};

/** One notice per kind of gap in a resource, with the properties it leaves open. */
export function* gapNotices(
  address: string,
  line: number | null,
  file: string,
  gaps: readonly { readonly path: string; readonly reason: Reason }[],
): Generator<DeclaredRecord> {
  const byCode = new Map<UnresolvedCode, string[]>();
  for (const { path, reason } of gaps) {
    const said = `${path === '' ? 'Properties' : path} (${reason.what})`;
    const list = byCode.get(reason.code);
    if (list) list.push(said);
    else byCode.set(reason.code, [said]);
  }
  for (const [code, said] of byCode) {
    yield notice(
      code === 'INVALID_FUNCTION' ? 'warning' : 'info',
      `CFN.${code}`,
      `${address}: ${said.length === 1 ? 'a property' : `${said.length} properties`} cannot be known: ${said.join(', ')}. ${WHAT_TO_DO[code]}`,
      { file, line },
      address,
    );
  }
}

/** Names the parts of the estate a bare template cannot speak about. */
export function skippedNotice(
  address: string,
  line: number | null,
  file: string,
  body: JsonObject,
): DeclaredRecord | null {
  const type = textMember(body, 'Type') ?? '';
  if (!type.startsWith('AWS::Serverless::')) return null;
  return notice(
    'warning',
    'CFN.NOT_PROCESSED',
    `${address} is written as ${type}, from which the SAM transform makes the real resources. It is not compared.`,
    { file, line },
    address,
  );
}
