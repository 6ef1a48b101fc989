export { Operation, Problem } from './api-operation.js';
export { clientSignal } from './client-signal.js';
export { completeDocument } from './complete-document.js';
export { checkedContent, contentDigestOf } from './content-digest.js';
export { CORRELATION_HEADER } from './correlation.js';
export { CursorCodec, type CursorValue } from './cursor.js';
export { API_PREFIX, configureHttp, createHttpAdapter, UNPREFIXED } from './http-application.js';
export { HttpModule } from './http.module.js';
export { IsInstant } from './instant.js';
export {
  DEFAULT_PAGE_SIZE,
  MAX_PAGE_SIZE,
  type Page,
  PageQuery,
  Pagination,
  toPage,
} from './page.js';
export {
  type FormField,
  formPage,
  type FormPage,
  messagePage,
  PageFilter,
  wantsPage,
} from './pages/index.js';
export type { Answer } from './problem.filter.js';
export { serveWithoutInlineStyles } from './security-headers.js';
export { receiveUpload, STREAMED_TYPES, type Upload } from './upload.js';
export { publishValidation } from './validation-schema.js';
