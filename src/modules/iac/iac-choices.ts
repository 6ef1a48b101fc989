/** What a source contains; `auto` leaves it to the first bytes. */
export const SOURCE_KINDS = [
  'auto',
  'terraform_state',
  'terraform_plan',
  'cloudformation',
  'kubernetes_manifests',
] as const;
export type SourceKind = (typeof SOURCE_KINDS)[number];

/** Where the content lives: uploaded and kept encrypted, or a file or folder the worker can read. */
export const SOURCE_LOCATIONS = ['upload', 'path'] as const;
export type SourceLocationKind = (typeof SOURCE_LOCATIONS)[number];
