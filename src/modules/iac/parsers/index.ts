export { type ContentHasher, loadContentHasher } from './bytes/content-hash.js';
export type { KnownElements, ReadElement } from './known-elements.js';
export { parseDocument } from './parse-document.js';
export {
  DEFAULT_MAX_DOCUMENT_BYTES,
  DEFAULT_MAX_RESOURCE_BYTES,
  DOCUMENT_KINDS,
  type DocumentKind,
  type ParseContext,
  type ParseOptions,
} from './parse-options.js';
export { resourcesInElement } from './terraform/state-resource.js';
