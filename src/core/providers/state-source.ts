import type { Readable } from 'node:stream';

import type { OutboundGuard } from '../http/outbound/index.js';
import type { SourceNotice } from './declared-resource.js';
import type { RateLimiter } from './rate-limiter.js';

/** What the store itself knows about a document; it wins over what the user said about the source. */
export interface DocumentFacts {
  readonly kind?: 'terraform-state' | 'cloudformation' | 'kubernetes';
  readonly accountId?: string;
  readonly region?: string;
  /** CloudFormation: stack, its ARN, parameter values (secret ones left out), logical id → physical id. */
  readonly stackName?: string;
  readonly stackId?: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly physicalIds?: Readonly<Record<string, string>>;
  /** Kubernetes: namespace of objects that name none. */
  readonly defaultNamespace?: string;
}

/** What HCP Terraform or Terraform Enterprise says about the workspace a state belongs to; named as it is kept and answered. */
export interface WorkspaceFacts {
  readonly id: string;
  readonly locked: boolean;
  /** A run is changing what the state describes. */
  readonly run_in_progress: boolean;
  /** The newest run, whatever became of it; null where there is none, or it may not be read. `status` is the platform's word. */
  readonly latest_run: {
    readonly id: string;
    readonly status: string;
    /** ISO 8601. */
    readonly created_at: string | null;
  } | null;
  /** The platform's own last look for drift (health assessment); null where there is none, or it may not be read. */
  readonly assessment: {
    readonly id: string;
    readonly verdict: 'in_sync' | 'drifted' | 'failed';
    readonly resources_drifted: number | null;
    readonly resources_in_sync: number | null;
    readonly created_at: string | null;
  } | null;
}

/** One document of a source: a state, a plan, a template, a manifest file. */
export interface SourceDocument {
  /** Path or URL as the user knows it; carries no credential. */
  readonly name: string;
  /** Bytes; null when the store does not say. */
  readonly size: number | null;
  /** What the store calls the version that was read (version id, ETag, generation, commit). Known at the latest when opened. */
  readonly version?: string | null;
  readonly facts?: DocumentFacts;
  /** Of a state that a workspace keeps; known once it is open. */
  readonly workspace?: WorkspaceFacts | null;
  /** What whoever compares with it should know; known once it is open. */
  readonly notices?: readonly SourceNotice[];
  /** False when it was found by a listing: then it may be something else than declared state. */
  readonly named?: boolean;
  /** @throws DomainError; the stream ends with one when it was cut short, grew too large or fell silent */
  open(signal: AbortSignal): Promise<Readable>;
}

/** Where declared state lives. What it is, is the parser's question. */
export interface StateSource {
  /** For messages; carries no credential. */
  readonly description: string;
  documents(signal: AbortSignal): AsyncIterable<SourceDocument>;
  /** Frees sockets; safe to call twice. */
  close?(): Promise<void>;
}

/** What a source may use and how far it may go. */
export interface StateSourceAccess {
  readonly outbound: OutboundGuard;
  /** Whether it may use what this machine is logged in with: the command line only. */
  readonly localCredentials: boolean;
  /** Largest document, after decompression. */
  readonly maxBytes: number;
  /** Longest silence of a store, in milliseconds. */
  readonly idleMs: number;
  /** Paces the calls of stores that publish a quota; absent: they share buckets with nobody. */
  readonly limits?: RateLimiter;
}

export interface StateSourceRequest {
  /** As the user wrote it, without user name and password. */
  readonly text: string;
  /** The text without a `git::` prefix. */
  readonly url: URL;
  /** Only names the factory lists, only texts. */
  readonly credentials: Readonly<Record<string, string>>;
  readonly access: StateSourceAccess;
}

/** One kind of place a state lives in; recognised by its URL. */
export interface StateSourceFactory {
  /** Stored as the `location` of a source: `s3`. */
  readonly location: string;
  /** How such a URL is written, for messages: `s3://bucket/key`. */
  readonly form: string;
  /** Query parameters it takes. */
  readonly parameters: readonly string[];
  /** Names of the credential fields it takes. */
  readonly credentials: readonly string[];
  /** `scheme` is what stands before `://`, or before `::`. */
  matches(scheme: string, url: URL): boolean;
  /** Connects to nothing yet. @throws StateSourceError `url-invalid`, `credentials-invalid` */
  open(request: StateSourceRequest): StateSource;
}

/** Injection token of a list of further `StateSourceFactory`, beside those of the declared side itself. */
export const STATE_SOURCE_FACTORIES = Symbol('STATE_SOURCE_FACTORIES');
