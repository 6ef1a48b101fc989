export * from './iac-choices.js';
export { IacDocument, IacDocumentPiece } from './iac-document.entity.js';
export { IacResource } from './iac-resource.entity.js';
export { IacSource } from './iac-source.entity.js';
