import { isObject } from './json.js';
import type { Json, JsonObject } from './json.js';

export class PropertyPathError extends Error {}

/** Reads `spec.containers[0].image` and `metadata.labels["app.kubernetes.io/name"]`. */
export function parsePropertyPath(text: string): (string | number)[] {
  const steps: (string | number)[] = [];
  const pattern = /\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|\.?([^.[\]"]+)/gy;
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(text);
    if (!match) throw new PropertyPathError(`Cannot read the path ${text} at character ${at}.`);
    if (match[1] !== undefined) steps.push(match[1].replace(/\\(.)/g, '$1'));
    else if (match[2] !== undefined) steps.push(Number(match[2]));
    else if (match[3] !== undefined) steps.push(match[3]);
  }
  if (steps.length === 0) throw new PropertyPathError('The path is empty.');
  return steps;
}

/** Sets a value, making the objects on the way; undefined removes it. An array grows by one at most. */
export function setProperty(root: JsonObject, path: string, value: Json | undefined): void {
  const steps = parsePropertyPath(path);
  const last = steps.pop();
  let parent: Json = root;
  for (const [index, step] of steps.entries()) {
    const child: Json | undefined = childOf(parent, step, path);
    parent =
      child ?? attach(parent, step, typeof (steps[index + 1] ?? last) === 'number' ? [] : {});
  }
  if (Array.isArray(parent) && typeof last === 'number') {
    if (value === undefined) parent.splice(last, 1);
    else if (last <= parent.length) parent[last] = value;
    else throw new PropertyPathError(`${path}: the array has ${parent.length} elements.`);
  } else if (isObject(parent) && typeof last === 'string') {
    if (value === undefined) Reflect.deleteProperty(parent, last);
    else parent[last] = value;
  } else {
    throw new PropertyPathError(`${path} does not fit the resource.`);
  }
}

function childOf(parent: Json, step: string | number, path: string): Json | undefined {
  if (Array.isArray(parent) && typeof step === 'number') return parent[step];
  if (isObject(parent) && typeof step === 'string') return parent[step];
  throw new PropertyPathError(`${path} does not fit the resource at ${step}.`);
}

function attach(parent: Json, step: string | number, child: Json): Json {
  if (Array.isArray(parent)) parent.push(child);
  else if (isObject(parent)) parent[step] = child;
  return child;
}
