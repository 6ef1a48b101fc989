import { parseDocument } from 'yaml';
import { InventoryError } from '../../core/providers/index.js';

/** One context of a kubeconfig: https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/ */
export interface KubeconfigContext {
  readonly clusterName: string;
  readonly userName: string;
  readonly cluster: Fields;
  readonly user: Fields;
}

export type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads a kubeconfig by itself, because loading one with the SDK already reads the files it names. Messages name the place, never
 * the content.
 */
export function readKubeconfig(text: string, contextName: string | undefined): KubeconfigContext {
  const config = fields(parse(text).toJS());
  const current = config['current-context'];
  const wanted = contextName ?? (typeof current === 'string' ? current : '');
  if (!wanted) throw invalid('The kubeconfig has no current-context: name a context');
  const context = fields(named(config.contexts, wanted, 'context').context);
  const clusterName = textOf(context.cluster);
  const userName = textOf(context.user);
  const cluster = fields(named(config.clusters, clusterName, 'cluster').cluster);
  const user = userName ? fields(named(config.users, userName, 'user').user) : {};
  return { clusterName, userName, cluster, user };
}

/**
 * The contexts that are asked for: names separated by commas, or `*` for all. Each cluster once, by its first context.
 * @throws InventoryError when one is missing
 */
export function chosenContexts(
  text: string,
  asked: string,
): { readonly name: string; readonly clusterName: string }[] {
  const config = fields(parse(text).toJS());
  const wanted = asked.trim() === '*' ? namesOf(config.contexts) : split(asked);
  if (wanted.length === 0) throw invalid('The kubeconfig has no contexts');
  const byCluster = new Map<string, string>();
  for (const name of wanted) {
    const context = fields(named(config.contexts, name, 'context').context);
    const clusterName = textOf(context.cluster);
    if (!byCluster.has(clusterName)) byCluster.set(clusterName, name);
  }
  return [...byCluster].map(([clusterName, name]) => ({ name, clusterName }));
}

function namesOf(list: unknown): string[] {
  return (Array.isArray(list) ? list : []).map((entry) => textOf(fields(entry).name));
}

function split(asked: string): string[] {
  return [...new Set(asked.split(',').map((name) => name.trim()))].filter((name) => name !== '');
}

function parse(text: string) {
  const document = parseDocument(text, { prettyErrors: false });
  const [problem] = document.errors;
  if (problem)
    throw invalid(`The kubeconfig is not valid YAML (${problem.code}, offset ${problem.pos[0]})`);
  return document;
}

function named(list: unknown, name: string, kind: string): Fields {
  const entries = Array.isArray(list) ? list.map(fields) : [];
  const found = entries.find((entry) => entry.name === name);
  if (found) return found;
  const names = entries.map((entry) => textOf(entry.name)).join(', ');
  throw invalid(
    `The kubeconfig has no ${kind} named ${name || '(none)'}; it has: ${names || 'none'}`,
  );
}

export function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Fields)
    : {};
}

export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function invalid(message: string): InventoryError {
  return new InventoryError('connection-invalid', 'kubernetes', `${message}.`);
}
