import { Module } from '@nestjs/common';
import { BoardActions } from './board-actions.js';
import { BoardSessions } from './board-sessions.js';
import { SignInController } from './sign-in.controller.js';

@Module({ controllers: [SignInController], providers: [BoardSessions, BoardActions] })
export class QueueBoardModule {}
