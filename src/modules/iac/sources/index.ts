export { fileDocument, type FileDocumentOptions } from './file-document.js';
export { DOCUMENT_ENDINGS, type LocalDocument, localDocuments } from './local-documents.js';
export { LocalSource } from './local-source.js';
