export { mountQueueBoard } from './queue-board.js';
export { QueueBoardModule } from './queue-board.module.js';
