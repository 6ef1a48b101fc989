export { STATE_SOURCES } from './catalogue.js';
export { fileDocument, type FileDocumentOptions } from './file-document.js';
export { DOCUMENT_ENDINGS, type LocalDocument, localDocuments } from './local-documents.js';
export { readable } from './retried-document.js';
export { type RecognisedSource, StateSources } from './state-sources.js';
