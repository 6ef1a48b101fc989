import { IacDocument, IacDocumentPiece } from './iac-document.entity.js';
import { IacResource } from './iac-resource.entity.js';
import { IacSource } from './iac-source.entity.js';
import { IacSourceCredentials } from './remote/source-credentials.entity.js';

export { DeclaredStateService } from './declared-state.service.js';
export { NoticeResponse, toNoticeResponse } from './dto/source.response.js';
export { IsTextMap } from './dto/text-map.js';
export { IacModule } from './iac.module.js';
export { IacResource } from './iac-resource.entity.js';
export { IacSource } from './iac-source.entity.js';

export * from './parsers/index.js';

export { SharedResources } from './shared-resources.js';

export const iacEntities = [
  IacSource,
  IacSourceCredentials,
  IacDocument,
  IacDocumentPiece,
  IacResource,
];
