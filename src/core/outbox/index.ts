export { OutboxEvent } from './outbox-event.entity.js';
