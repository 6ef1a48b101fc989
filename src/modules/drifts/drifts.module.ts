import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { EnvironmentsModule } from '../environments/index.js';
import { IacModule } from '../iac/index.js';
import { OrganizationsModule } from '../organizations/index.js';
import { AttributeDriftsService } from './attribution/attribute-drifts.service.js';
import { AttributionRepository } from './attribution/attribution.repository.js';
import { ScanMemories } from './detection/scan-memories.js';
import { DriftEventRepository } from './drift-event.repository.js';
import { DriftListRepository } from './drift-list.repository.js';
import { DriftsController } from './drifts.controller.js';
import { DriftsService } from './drifts.service.js';
import { IgnoreRuleRepository } from './ignore-rules/ignore-rule.repository.js';
import { IgnoreRulesController } from './ignore-rules/ignore-rules.controller.js';
import { IgnoreRulesService } from './ignore-rules/ignore-rules.service.js';
import { ImportIgnoreRulesService } from './ignore-rules/import-ignore-rules.service.js';
import { AttributeDriftsProcessor } from './jobs/attribute-drifts.processor.js';
import { ScanEnvironmentProcessor } from './jobs/scan-environment.processor.js';
import { ResolveDriftService } from './resolve-drift.service.js';
import { ScansController } from './scans.controller.js';
import { CheckpointRepository } from './scans/checkpoints/checkpoint.repository.js';
import { ScanCheckpoints } from './scans/checkpoints/scan-checkpoints.js';
import { LostScans } from './scans/lost-scans.js';
import { RunScanService } from './scans/run-scan.service.js';
import { ScanLifecycle } from './scans/scan-lifecycle.js';
import { ScanRunRepository } from './scans/scan-run.repository.js';
import { ScansService } from './scans/scans.service.js';

@Module({})
export class DriftsModule {
  /** `inventories` brings the module that provides INVENTORY_FACTORIES: which providers can be read is the entry point's choice. */
  static forRoot(options: {
    readonly inventories: NonNullable<ModuleMetadata['imports']>;
  }): DynamicModule {
    return {
      module: DriftsModule,
      imports: [OrganizationsModule, EnvironmentsModule, IacModule, ...options.inventories],
      controllers: [DriftsController, ScansController, IgnoreRulesController],
      providers: [
        DriftsService,
        ResolveDriftService,
        ScansService,
        IgnoreRulesService,
        ImportIgnoreRulesService,
        IgnoreRuleRepository,
        RunScanService,
        ScanMemories,
        ScanLifecycle,
        LostScans,
        CheckpointRepository,
        ScanCheckpoints,
        ScanEnvironmentProcessor,
        AttributionRepository,
        AttributeDriftsService,
        AttributeDriftsProcessor,
        DriftEventRepository,
        DriftListRepository,
        ScanRunRepository,
      ],
      exports: [ScansService, LostScans],
    };
  }
}
