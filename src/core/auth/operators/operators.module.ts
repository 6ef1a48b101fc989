import { Global, Module } from '@nestjs/common';
import { OperatorCheck } from './operator-check.js';
import { OperatorEvents } from './operator-events.js';
import { Operators } from './operators.js';

@Global()
@Module({
  providers: [Operators, OperatorEvents, OperatorCheck],
  exports: [Operators, OperatorEvents, OperatorCheck],
})
export class OperatorsModule {}
