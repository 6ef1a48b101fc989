export { type MailMessage, MailSender } from './mail-sender.js';
export { mailErrors } from './mail.errors.js';
