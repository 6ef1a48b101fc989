import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { endOf, freePort } from '../peer-process.js';

const run = promisify(execFile);
const READY_WITHIN_MS = 120_000;

/**
 * A real API server with its controllers and its etcd on loopback; no scheduler and no kubelet, so pods stay pending.
 * `tok-admin` may do everything, `tok-reader` nothing until it is given a role.
 */
export class KubernetesPeer {
  readonly #processes: ChildProcess[] = [];

  private constructor(
    private readonly binaries: string,
    readonly folder: string,
    private readonly ports: { readonly api: number; readonly etcd: number; readonly peer: number },
  ) {}

  get url(): string {
    return `https://127.0.0.1:${this.ports.api}`;
  }

  static async start(binaries: string): Promise<KubernetesPeer> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'driftguard-kubernetes-'));
    await mkdir(path.join(folder, 'certs'));
    const [api, etcd, peer] = [await freePort(), await freePort(), await freePort()];
    const cluster = new KubernetesPeer(binaries, folder, { api, etcd, peer });
    try {
      await cluster.#start();
      return cluster;
    } catch (error) {
      await cluster.stop();
      throw error;
    }
  }

  /** Path of a kubeconfig that signs in with this token. */
  async kubeconfig(token = 'tok-admin'): Promise<string> {
    const file = path.join(this.folder, `kubeconfig-${token}`);
    const certificate = path.join(this.folder, 'certs/apiserver.crt');
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [
        { name: 'peer', cluster: { server: this.url, 'certificate-authority': certificate } },
      ],
      users: [{ name: token, user: { token } }],
      contexts: [{ name: 'peer', context: { cluster: 'peer', user: token } }],
      'current-context': 'peer',
    };
    await writeFile(file, JSON.stringify(config), { mode: 0o600 });
    return file;
  }

  async kubectl(...args: string[]): Promise<string> {
    return this.#kubectl(args);
  }

  /** `kubectl edit` with an editor that replaces one text by another. */
  async kubectlEdit(args: readonly string[], from: string, to: string): Promise<string> {
    return this.#kubectl(args, { KUBE_EDITOR: `sed -i 's/${from}/${to}/'` });
  }

  async kubectlApply(object: object, options: readonly string[] = []): Promise<string> {
    const file = path.join(this.folder, 'applied.json');
    await writeFile(file, JSON.stringify(object));
    return this.#kubectl(['apply', '-f', file, ...options]);
  }

  /** Applies a folder as a person would: again while kinds it defines are not served yet. */
  async applyFolder(folder: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.kubectl('apply', '-f', folder);
        return;
      } catch (error) {
        if (attempt === 5) throw error;
        await sleep(2000);
      }
    }
  }

  async #kubectl(
    args: readonly string[],
    environment: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const kubectl = path.join(this.binaries, 'kubectl');
    const { stdout } = await run(kubectl, ['--kubeconfig', await this.kubeconfig(), ...args], {
      env: { HOME: this.folder, PATH: process.env.PATH, ...environment },
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout;
  }

  /** Controllers first: without its etcd the API server would hang. */
  async stop(): Promise<void> {
    for (const child of this.#processes.reverse()) await endOf(child);
    await rm(this.folder, { recursive: true, force: true });
  }

  async #start(): Promise<void> {
    const { api, etcd, peer } = this.ports;
    const key = path.join(this.folder, 'service-accounts.key');
    await run('openssl', ['genrsa', '-out', key, '2048']);
    const tokens = path.join(this.folder, 'tokens.csv');
    await writeFile(
      tokens,
      'tok-admin,admin,u1,"system:masters"\ntok-reader,reader,u2,"readers"\n',
    );
    const client = `http://127.0.0.1:${etcd}`;
    const members = `http://127.0.0.1:${peer}`;
    this.#spawn('etcd', {
      'data-dir': path.join(this.folder, 'etcd'),
      'listen-client-urls': client,
      'advertise-client-urls': client,
      'listen-peer-urls': members,
      'initial-advertise-peer-urls': members,
      'initial-cluster': `default=${members}`,
      'unsafe-no-fsync': 'true',
    });
    this.#spawn('kube-apiserver', {
      'etcd-servers': client,
      'bind-address': '127.0.0.1',
      'advertise-address': '127.0.0.1',
      'secure-port': String(api),
      'cert-dir': path.join(this.folder, 'certs'),
      'service-account-issuer': 'https://kubernetes.default.svc',
      'service-account-key-file': key,
      'service-account-signing-key-file': key,
      'service-cluster-ip-range': '10.0.0.0/24',
      'token-auth-file': tokens,
      'authorization-mode': 'RBAC',
      'disable-admission-plugins': 'ServiceAccount',
    });
    await this.#untilReady();
    this.#spawn('kube-controller-manager', {
      kubeconfig: await this.kubeconfig(),
      'bind-address': '127.0.0.1',
      'secure-port': '0',
      'leader-elect': 'false',
      'service-account-private-key-file': key,
      'use-service-account-credentials': 'false',
      'horizontal-pod-autoscaler-sync-period': '2s',
    });
  }

  #spawn(program: string, options: Readonly<Record<string, string>>): void {
    const args = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
    const child = spawn(path.join(this.binaries, program), args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { HOME: this.folder, PATH: process.env.PATH },
    });
    const log = createWriteStream(path.join(this.folder, `${program}.log`));
    child.stdout.pipe(log);
    child.stderr.pipe(log);
    this.#processes.push(child);
  }

  async #untilReady(): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MS;
    for (;;) {
      try {
        if ((await this.kubectl('get', '--raw', '/readyz')) === 'ok') return;
      } catch (error) {
        const [ended] = this.#processes.filter((one) => one.exitCode !== null);
        if (ended !== undefined || Date.now() > deadline) throw error;
      }
      await sleep(300);
    }
  }
}
