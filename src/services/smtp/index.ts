export { AbsentMailSender } from './absent-mail-sender.js';
export { LoggedMailSender } from './logged-mail-sender.js';
export { SmtpMailSender, type SmtpOptions } from './smtp-mail-sender.js';
