export { compareCase, type CaseOutcome } from './cases/compare-case.js';
export { readCase, UnreadableCase, type EngineCase } from './cases/read-case.js';
export { compareResource } from './compare-resource.js';
export { MASKED } from './compare/report-builder.js';
export { DriftDetector, type Detection, type DetectorInput, type LookedAt } from './detect.js';
export type { Pair } from './field.js';
export * from './findings.js';
export { IGNORABLE, ignoreRule, type Ignorable, type IgnoreRule } from './ignore/ignore-rule.js';
export { NO_KNOWLEDGE, type Knowledge } from './knowledge.js';
export type { Classification, UnmanagedClass } from './match/classify-unmanaged.js';
export { actualKeys, declaredKeys } from './match/identity.js';
export { declaredMove, type PreviousPlaces, REPLACED } from './match/moves.js';
export { RENAMED } from './match/renames.js';
export {
  createEstate,
  DEFAULT_OPTIONS,
  type CompareOptions,
  type ScanFacts,
} from './scan-facts.js';
export {
  type Keyed,
  type OutcomeMemory,
  type OutcomeTrace,
  type Stamped,
  stampOf,
} from './recall/outcome-memory.js';
export type { Remembered } from './recall/recollection.js';
