import {
  type SourceNotice,
  StateSourceError,
  type WorkspaceFacts,
} from '../../../../core/providers/index.js';
import type { TfeApi, TfeAssessment, TfeRun, TfeWorkspace } from './tfe-api.js';

/** https://developer.hashicorp.com/terraform/cloud-docs/api-docs/run#run-states: from the moment it may change something until it is over. */
const APPLYING = new Set([
  'confirmed',
  'queuing_apply',
  'apply_queued',
  'pre_apply_running',
  'pre_apply_completed',
  'applying',
]);

export interface ToldWorkspace {
  readonly workspace: WorkspaceFacts;
  readonly notices: readonly SourceNotice[];
}

/**
 * What HCP Terraform itself knows about a workspace: its latest run and what its last health assessment found. Neither is needed to read
 * the state, so what may not be read is left out and said.
 */
export async function workspaceFacts(
  api: TfeApi,
  workspace: TfeWorkspace,
  source: string,
  signal: AbortSignal,
): Promise<ToldWorkspace> {
  const notices: SourceNotice[] = [];
  const tell = (level: SourceNotice['level'], code: string, message: string): void => {
    notices.push({ level, code, message, location: { file: source, line: null } });
  };
  const asked = async <T>(what: string, id: string | null, ask: (id: string) => Promise<T>) => {
    if (id === null) return null;
    try {
      return await ask(id);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof StateSourceError)) throw error;
      tell('info', `SOURCE.${what}_UNREAD`, `${error.message} The state is read all the same.`);
      return null;
    }
  };
  const run = await asked('RUN', workspace.latestRun, (id) => api.run(id, source, signal));
  const found = await asked('ASSESSMENT', workspace.assessment, (id) =>
    api.assessment(id, source, signal),
  );
  const applying = run !== null && APPLYING.has(run.status);
  if (applying) {
    tell('warning', 'SOURCE.RUN_IN_PROGRESS', underWay(run));
  } else if (workspace.locked) {
    tell('info', 'SOURCE.WORKSPACE_LOCKED', LOCKED);
  }
  return {
    workspace: {
      id: workspace.id,
      locked: workspace.locked,
      run_in_progress: applying,
      latest_run: run && { id: run.id, status: run.status, created_at: run.createdAt },
      assessment: found && verdictOf(found),
    },
    notices,
  };
}

const LOCKED =
  'The workspace is locked: somebody may be changing what its state describes. Differences may be gone once it is unlocked.';

function underWay({ id, status }: TfeRun): string {
  return `${id} is ${status}: it is changing what this state describes. The state that was read is from before it; scan again when it is over.`;
}

function verdictOf(found: TfeAssessment): NonNullable<WorkspaceFacts['assessment']> {
  const verdict = !found.succeeded ? 'failed' : found.drifted ? 'drifted' : 'in_sync';
  return {
    id: found.id,
    verdict,
    resources_drifted: found.resourcesDrifted,
    resources_in_sync: found.resourcesUndrifted,
    created_at: found.createdAt,
  };
}
