import { readFile } from 'node:fs/promises';
import type { JsonValue } from '../../core/providers/index.js';
import { usageError } from '../errors.js';
import { isObject, textAt } from './recorded/json-access.js';

/**
 * Parameter values of a template: `name=value` texts, or files in the shapes the AWS command line takes
 * (`[{ ParameterKey, ParameterValue }]`) or a plain map. Later ones win.
 */
export async function readParameters(sources: readonly string[]): Promise<Record<string, string>> {
  const parameters: Record<string, string> = {};
  for (const source of sources) {
    const pair = /^([A-Za-z0-9]+)=(.*)$/s.exec(source);
    if (pair?.[1] !== undefined) parameters[pair[1]] = pair[2] ?? '';
    else Object.assign(parameters, parameterMap(await readJsonFile(source), source));
  }
  return parameters;
}

function parameterMap(value: JsonValue, file: string): Record<string, string> {
  if (Array.isArray(value)) {
    return Object.fromEntries(
      value.filter(isObject).flatMap((entry) => {
        const key = textAt(entry, 'ParameterKey');
        const text = entry.ParameterValue;
        return key === null || typeof text !== 'string' ? [] : [[key, text]];
      }),
    );
  }
  if (isObject(value)) return scalarTexts(isObject(value.Parameters) ? value.Parameters : value);
  throw usageError(
    `${file}: not a list of { ParameterKey, ParameterValue } and not a map of names to values.`,
  );
}

/** Logical to physical ids: the answer of `describe-stack-resources` or `list-stack-resources`, or a plain map. */
export async function readPhysicalIds(file: string | null): Promise<Record<string, string>> {
  if (file === null) return {};
  const value = await readJsonFile(file);
  const list = isObject(value) ? (value.StackResources ?? value.StackResourceSummaries) : value;
  if (Array.isArray(list)) {
    return Object.fromEntries(
      list.filter(isObject).flatMap((entry) => {
        const logical = textAt(entry, 'LogicalResourceId');
        const physical = textAt(entry, 'PhysicalResourceId');
        return logical === null || physical === null ? [] : [[logical, physical]];
      }),
    );
  }
  if (isObject(value)) return scalarTexts(value);
  throw usageError(
    `${file}: neither the output of \`aws cloudformation describe-stack-resources\` nor a map of logical to physical ids.`,
  );
}

function scalarTexts(value: Readonly<Record<string, JsonValue>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) =>
      typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean'
        ? [[key, String(item)]]
        : [],
    ),
  );
}

async function readJsonFile(file: string): Promise<JsonValue> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw usageError(`${file} cannot be read: ${(error as Error).message}`);
  });
  try {
    return JSON.parse(text) as JsonValue;
  } catch (error) {
    throw usageError(`${file}: not valid JSON, ${(error as Error).message}`);
  }
}
