import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { parseAllDocuments } from 'yaml';
import type { JsonObject, JsonValue } from '../../../core/providers/index.js';
import { usageError } from '../../errors.js';
import { isObject } from './json-access.js';
import { expandList, recogniseEntry, unwrapListing, type Listing } from './recognise.js';

/** Beyond this a JSON document does not fit into one text of the runtime. */
const MAX_DOCUMENT_BYTES = 500 * 1024 * 1024;
const REMEDY =
  'Known are AWS Config items (configservice get-resource-config-history, select-resource-config, S3 snapshots), Kubernetes objects (kubectl get -o json or yaml), Cloud Asset Inventory exports, Azure Resource Graph rows and { type, id, properties } objects.';

/** Reads a recorded inventory: JSON, JSON lines or YAML. @throws DomainError naming file, line and remedy */
export async function readRecorded(file: string): Promise<Listing> {
  const facts = await stat(file).catch((error: unknown) => {
    throw usageError(`${file} cannot be read: ${(error as Error).message}`);
  });
  if (facts.isDirectory())
    throw usageError(`${file} is a folder; --actual takes files. Repeat it for several.`);
  if (await isJsonLines(file)) return readJsonLines(file);
  if (facts.size > MAX_DOCUMENT_BYTES) {
    throw usageError(
      `${file} is larger than 500 MB, too large to be read as one document. Write one resource per line: jq -c '.[]' ${file} > inventory.jsonl`,
    );
  }
  const text = await readFile(file, 'utf8');
  const listing = /^\s*[[{]/.test(text) ? readJson(text, file) : readYaml(text, file);
  if (listing === null || listing.entries.every((entry) => recogniseEntry(entry) === null)) {
    if (listing?.entries.length === 0) return listing;
    throw usageError(`${file}: nothing in it looks like a live resource. ${REMEDY}`);
  }
  return listing;
}

function readJson(text: string, file: string): Listing | null {
  try {
    return unwrapListing(JSON.parse(text) as JsonValue);
  } catch (error) {
    throw usageError(`${file}: not valid JSON, ${(error as Error).message}`);
  }
}

function readYaml(text: string, file: string): Listing {
  const documents = parseAllDocuments(text);
  const list = 'empty' in documents ? [] : documents;
  for (const document of list) {
    const [problem] = document.errors;
    if (problem !== undefined) {
      throw usageError(`${file}: not valid YAML, ${problem.message.split('\n')[0] ?? ''}`);
    }
  }
  const values = list.map((document) => document.toJS() as JsonValue).filter(isObject);
  const isListing = values.length > 1 || values.some((value) => Array.isArray(value.items));
  return { entries: values.flatMap(expandList), isListing };
}

/** JSON lines have a whole object on the first line and another one after it. */
async function isJsonLines(file: string): Promise<boolean> {
  const objects: boolean[] = [];
  for await (const line of lines(file)) {
    if (line.trim() === '') continue;
    objects.push(parseObject(line) !== null);
    if (objects.length === 2 || objects.includes(false)) break;
  }
  return objects.length === 2 && !objects.includes(false);
}

async function readJsonLines(file: string): Promise<Listing> {
  const entries: JsonObject[] = [];
  let number = 0;
  for await (const line of lines(file)) {
    number++;
    if (line.trim() === '') continue;
    const entry = parseObject(line);
    if (entry === null) throw usageError(`${file}:${number}: not a JSON object. ${REMEDY}`);
    entries.push(...expandList(entry));
  }
  return { entries, isListing: true };
}

function lines(file: string): AsyncIterable<string> {
  return createInterface({ input: createReadStream(file), crlfDelay: Infinity });
}

function parseObject(line: string): JsonObject | null {
  try {
    const value = JSON.parse(line) as JsonValue;
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
