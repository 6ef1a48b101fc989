import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { IgnoreRule } from '../../engine/index.js';
import { InvalidIgnoreRules } from '../ignore-rules.errors.js';
import { parseHcl } from './hcl.js';
import { ignoreChangesIn, moduleCallsIn } from './ignore-changes.js';

/** Deeper than any real tree of modules. */
const MAX_DEPTH = 16;
const MAX_FILE_BYTES = 8 * 1024 * 1024;

/** Where `terraform init` put modules: key (`network.subnets`) and folder. */
type Installed = ReadonlyMap<string, string>;

async function installedModules(root: string): Promise<Installed> {
  const manifest = path.join(root, '.terraform/modules/modules.json');
  const content = await readFile(manifest, 'utf8').catch(() => null);
  if (content === null) return new Map();
  const { Modules = [] } = JSON.parse(content) as { Modules?: { Key?: string; Dir?: string }[] };
  return new Map(
    Modules.flatMap(({ Key, Dir }) =>
      Key !== undefined && Key !== '' && Dir !== undefined ? [[Key, path.resolve(root, Dir)]] : [],
    ),
  );
}

/**
 * The `lifecycle.ignore_changes` of a root module: its `*.tf` and `*.tf.json` files and those of every module it calls that is on
 * this disk (local, or installed by `terraform init`). Modules elsewhere are passed over.
 * @throws InvalidIgnoreRules when the folder cannot be read or a file in it is not valid
 */
export async function readCodeFolder(root: string): Promise<IgnoreRule[]> {
  const installed = await installedModules(root);

  async function folder(
    directory: string,
    modules: readonly string[],
    above: readonly string[],
  ): Promise<IgnoreRule[]> {
    if (modules.length > MAX_DEPTH || above.includes(directory)) return [];
    const names = await readdir(directory).catch(() => null);
    if (names === null) {
      if (modules.length > 0) return [];
      throw new InvalidIgnoreRules(
        `${directory} is no folder that can be read. Name the folder of the root module.`,
      );
    }
    const rules: IgnoreRule[] = [];
    for (const name of names.filter((one) => /\.tf(\.json)?$/.test(one)).sort()) {
      const file = path.join(directory, name);
      const content = await readFile(file, 'utf8');
      if (content.length > MAX_FILE_BYTES) {
        throw new InvalidIgnoreRules(
          `${file} is larger than 8 MiB; that is no code anybody wrote.`,
        );
      }
      const code = await parseHcl(content, file);
      rules.push(...ignoreChangesIn(code, file, modules));
      for (const call of moduleCallsIn(code)) {
        const below = [...modules, call.name];
        const local = /^\.{1,2}(\/|$)/.test(call.source) ? path.join(directory, call.source) : null;
        const target = installed.get(below.join('.')) ?? local;
        if (target !== null) rules.push(...(await folder(target, below, [...above, directory])));
      }
    }
    return rules;
  }

  return folder(path.resolve(root), [], []);
}
