export { type FormField, formPage, type FormPage, messagePage } from './page.js';
export { PageFilter, wantsPage } from './page.filter.js';
