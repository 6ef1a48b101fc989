import { typesOf } from '../faults/fault-plan.js';
import type { Call } from '../faults/fault-plan.js';

/** Counts of what was asked, for tests that check what a client really does. */
export class CallLog {
  private total = 0;
  private underWay = 0;
  private mostAtOnce = 0;
  private faults: Record<string, number> = {};
  private byOperation: Record<string, number> = {};
  private byType: Record<string, number> = {};

  start(call: Call): void {
    this.total += 1;
    this.underWay += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.underWay);
    this.byOperation[call.operation] = (this.byOperation[call.operation] ?? 0) + 1;
    for (const type of typesOf(call)) this.byType[type] = (this.byType[type] ?? 0) + 1;
  }

  fault(name: string): void {
    this.faults[name] = (this.faults[name] ?? 0) + 1;
  }

  end(): void {
    this.underWay -= 1;
  }

  summary(): Record<string, unknown> {
    const { total, underWay, mostAtOnce, byOperation, byType, faults } = this;
    return { total, underWay, mostAtOnce, byOperation, byType, faults };
  }

  clear(): void {
    this.total = 0;
    this.mostAtOnce = this.underWay;
    this.faults = {};
    this.byOperation = {};
    this.byType = {};
  }
}
