import { Module } from '@nestjs/common';
import { EnvironmentsModule } from '../environments/index.js';
import { DeclaredStateService } from './declared-state.service.js';
import { DocumentStore } from './documents/document-store.js';
import { IacSourceRepository } from './iac-source.repository.js';
import { AllowedPaths } from './allowed-paths.js';
import { RemoteSources } from './remote/remote-sources.js';
import { SourceCredentialsController } from './remote/source-credentials.controller.js';
import { SourceCredentialsService } from './remote/source-credentials.service.js';
import { SourceVault } from './remote/source-vault.js';
import { SourcesController } from './sources.controller.js';
import { SourcesService } from './sources.service.js';
import { UploadSourceService } from './upload-source.service.js';

@Module({
  imports: [EnvironmentsModule],
  controllers: [SourcesController, SourceCredentialsController],
  providers: [
    SourcesService,
    UploadSourceService,
    DeclaredStateService,
    DocumentStore,
    IacSourceRepository,
    AllowedPaths,
    RemoteSources,
    SourceCredentialsService,
    SourceVault,
  ],
  exports: [DeclaredStateService],
})
export class IacModule {}
