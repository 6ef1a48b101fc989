import type { StateSourceFactory } from '../../../core/providers/index.js';
import { azurermSource } from './azurerm-source.js';
import { cloudFormationSource } from './cloudformation-source.js';
import { consulSource } from './consul-source.js';
import { gcsSource } from './gcs-source.js';
import { gitSource } from './git-source.js';
import { helmSource } from './helm-source.js';
import { httpSource } from './http-source.js';
import { kubernetesSource } from './kubernetes-source.js';
import { pgSource } from './pg-source.js';
import { s3Source } from './s3-source.js';
import { tfeSource } from './tfe/tfe-source.js';

/** Places a state can live in besides files; a new one is one line here. The first that matches takes a URL. */
export const STATE_SOURCES: readonly StateSourceFactory[] = [
  s3Source,
  gcsSource,
  azurermSource,
  gitSource,
  httpSource,
  pgSource,
  consulSource,
  kubernetesSource,
  cloudFormationSource,
  helmSource,
  tfeSource,
];
