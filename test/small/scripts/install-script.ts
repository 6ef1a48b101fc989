import path from 'node:path';
import { pathToFileURL } from 'node:url';

export const ROOT = path.resolve(import.meta.dirname, '../../..');

/** The install scripts are plain JavaScript, because they run before TypeScript is there; this gives them their types. */
export async function installScript<T>(name: string): Promise<T> {
  const file = path.join(ROOT, 'scripts/install', name);
  return (await import(pathToFileURL(file).href)) as T;
}
