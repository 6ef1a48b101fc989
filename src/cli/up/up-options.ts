/** One command line of `driftguard up`, checked. */
export interface UpOptions {
  readonly port: number;
  readonly dataDir: string;
  readonly example: boolean;
  readonly once: boolean;
}

export const DEFAULT_PORT = 8000;
export const DEFAULT_DATA_DIR = '.driftguard';
