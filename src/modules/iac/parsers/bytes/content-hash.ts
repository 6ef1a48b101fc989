import xxhash from 'xxhash-wasm';

/** xxhash64 of raw bytes as 16 hex digits: the `contentHash` of resources. */
export interface ContentHasher {
  hash(bytes: Uint8Array): string;
  hashText(text: string): string;
}

let loading: Promise<ContentHasher> | undefined;

/** Compiles the WebAssembly module once per process. */
export function loadContentHasher(): Promise<ContentHasher> {
  loading ??= xxhash().then(({ h64Raw, h64ToString }) => ({
    hash: (bytes) => h64Raw(bytes).toString(16).padStart(16, '0'),
    hashText: (text) => h64ToString(text),
  }));
  return loading;
}
