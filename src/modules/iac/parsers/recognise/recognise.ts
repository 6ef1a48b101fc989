import type { DomainError } from '../../../../core/errors/index.js';
import { topLevelKeys } from '../json/top-level-keys.js';
import type { OpenedDocument } from '../open-document.js';
import { refusal } from '../parse.errors.js';
import type { DocumentKind } from '../parse-options.js';
import { refuseBinary } from './refuse-binary.js';
import { jsonMistake, textMistake } from './refuse-text.js';

/** What the first bytes of a document say it is. */
export type DocumentForm =
  'terraform-state' | 'terraform-shown' | 'cloudformation' | 'kubernetes' | 'kustomization';

export type Syntax = 'json' | 'yaml';

export type Recognition =
  | { readonly form: DocumentForm; readonly syntax: Syntax }
  /** `mistake` is what it would be refused with. */
  | { readonly form: null; readonly syntax: Syntax; readonly mistake: DomainError };

interface FormKeys {
  readonly form: DocumentForm;
  /** One of these is enough. */
  readonly own: readonly string[];
  /** Found elsewhere too: they count when the document shows no key of another kind. */
  readonly shared: readonly string[];
}

const JSON_FORMS: readonly FormKeys[] = [
  {
    form: 'terraform-state',
    own: ['encrypted_data', 'encryption_version', 'lineage', 'check_results'],
    shared: [
      'version',
      'terraform_version',
      'serial',
      'outputs',
      'resources',
      'modules',
      'backend',
    ],
  },
  {
    form: 'terraform-shown',
    own: [
      ...['format_version', 'plan_format_version', 'planned_values', 'prior_state'],
      ...['resource_drift', 'resource_changes', 'relevant_attributes', 'output_changes'],
      ...['proposed_unknown', 'deferred_changes'],
    ],
    shared: [
      ...['terraform_version', 'values', 'configuration', 'checks', 'variables', 'timestamp'],
      ...['applyable', 'complete', 'errored', 'action_invocations'],
    ],
  },
  {
    form: 'cloudformation',
    own: ['AWSTemplateFormatVersion', 'Resources'],
    shared: [
      ...['Description', 'Metadata', 'Parameters', 'Rules', 'Mappings', 'Conditions'],
      ...['Transform', 'Outputs', 'Hooks', 'Globals'],
    ],
  },
  { form: 'kubernetes', own: ['apiVersion'], shared: ['kind', 'metadata', 'items', 'spec'] },
];

const KUSTOMIZATION_KEYS =
  /^(?:resources|bases|patches|patchesStrategicMerge|namePrefix|configMapGenerator|secretGenerator|kustomization|helmCharts):/m;

function formOfJson(keys: readonly string[]): DocumentForm | null {
  for (const key of keys) {
    const owner = JSON_FORMS.find(({ own }) => own.includes(key));
    if (owner) return owner.form;
  }
  if (keys.length === 0) return null;
  const fitting = JSON_FORMS.find(({ shared }) => keys.every((key) => shared.includes(key)));
  return fitting?.form ?? null;
}

function yamlKeys(head: string): string[] {
  return [...head.matchAll(/^["']?([A-Za-z][A-Za-z0-9]*)["']?\s*:(?=\s|$)/gm)].map(
    ([, key]) => key ?? '',
  );
}

function formOfYaml(head: string): DocumentForm | null {
  const keys = yamlKeys(head);
  const has = (key: string): boolean => keys.includes(key);
  if (/^apiVersion:\s*["']?kustomize\.config\.k8s\.io\//m.test(head)) return 'kustomization';
  if (has('apiVersion') && has('kind')) return 'kubernetes';
  if (has('AWSTemplateFormatVersion') || has('Resources')) return 'cloudformation';
  if (!has('apiVersion') && !has('kind') && KUSTOMIZATION_KEYS.test(head)) return 'kustomization';
  return null;
}

function unrecognised(file: string): DomainError {
  return refusal(
    'UNRECOGNISED',
    file,
    'this is no Terraform state, plan, CloudFormation template or Kubernetes manifest',
    'Give one of those; if it is one, say which with the matching option',
  );
}

/** Tells by its first bytes what a document is. @throws DomainError when it cannot be any of them (empty, binary) */
export function recognise(document: OpenedDocument): Recognition {
  const { file } = document;
  refuseBinary(document.head, file);
  const head = document.head.toString('utf8');
  const start = head.trimStart();
  if (start === '' && document.headIsAll) {
    throw refusal(
      'EMPTY_FILE',
      file,
      'the file is empty',
      'Check that the command that writes it succeeded (an empty `terraform state pull` means there is no state yet)',
    );
  }
  if (/^\{\s*(?:["}]|$)/.test(start)) {
    const keys = topLevelKeys(start);
    const form = formOfJson(keys);
    if (form !== null) return { form, syntax: 'json' };
    return { form, syntax: 'json', mistake: jsonMistake(keys, file) ?? unrecognised(file) };
  }
  const form = formOfYaml(head);
  if (form !== null) return { form, syntax: 'yaml' };
  return { form, syntax: 'yaml', mistake: textMistake(head, file) ?? unrecognised(file) };
}

const KIND_OF_FORM: Record<DocumentForm, DocumentKind | null> = {
  'terraform-state': 'terraform-state',
  // Whether it holds a state or a plan is seen when it is read.
  'terraform-shown': null,
  cloudformation: 'cloudformation',
  kubernetes: 'kubernetes',
  kustomization: 'kubernetes',
};

const FORM_OF_KIND: Record<DocumentKind, DocumentForm> = {
  'terraform-state': 'terraform-state',
  'terraform-plan': 'terraform-shown',
  cloudformation: 'cloudformation',
  kubernetes: 'kubernetes',
};

/** Says that a document is not what the user said. */
export function wrongKind(file: string, wanted: DocumentKind, found: DocumentKind): DomainError {
  return refusal(
    'WRONG_KIND',
    file,
    `expected ${wanted}, but this is ${found}`,
    `Give it as ${found}, or let DriftGuard decide`,
  );
}

/** What to parse a document as, given what the user said it is. @throws DomainError */
export function settleForm(
  file: string,
  recognition: Recognition,
  kind: DocumentKind | 'auto',
): DocumentForm {
  if (recognition.form === null) {
    if (kind === 'auto' || recognition.mistake.code !== 'IAC.UNRECOGNISED') {
      throw recognition.mistake;
    }
    return FORM_OF_KIND[kind];
  }
  const found = KIND_OF_FORM[recognition.form];
  const shownFits = kind === 'terraform-state' || kind === 'terraform-plan';
  if (kind === 'auto' || found === kind || (found === null && shownFits)) return recognition.form;
  throw wrongKind(file, kind, found ?? 'terraform-plan');
}
