import { localDocuments } from '../../modules/iac/sources/local-documents.js';
import { parseDocument } from '../../modules/iac/parsers/parse-document.js';
import type { PreviousPlaces } from '../../modules/drifts/engine/index.js';
import type { CommandContext } from '../command-context.js';
import type { Progress } from '../output/progress.js';

const ENDINGS = ['.tfstate', '.backup', '.json'];

/**
 * Provider identifiers by address, as earlier states had them: the last scan of a command line that keeps none.
 * @throws DomainError naming file, position and remedy
 */
export async function readPrevious(
  names: readonly string[],
  context: CommandContext,
  progress: Progress,
): Promise<PreviousPlaces> {
  const places = new Map<string, string>();
  for (const name of names) {
    for await (const { document } of localDocuments(name, name, ENDINGS)) {
      progress.update(`Reading ${document.name}`);
      const options = {
        context: { accountId: null, region: null },
        kind: 'terraform-state',
      } as const;
      for await (const record of parseDocument(document, options, context.signal)) {
        if (record.kind !== 'declared') continue;
        const { address, id } = record.resource;
        if (id !== null) places.set(address, id);
      }
    }
  }
  return places;
}
