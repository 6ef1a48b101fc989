import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { TestProcess } from './child-processes.js';

interface Addresses {
  readonly kubernetes: readonly { readonly endpoint: string; readonly token: string }[];
}

/** One Kubernetes cluster of the sandbox, with these live objects. */
export class SandboxCluster {
  private constructor(
    private readonly process: TestProcess,
    private readonly folder: string,
    readonly endpoint: string,
    readonly token: string,
  ) {}

  static async start(
    objects: readonly object[],
    accepted = 'sandbox-token',
  ): Promise<SandboxCluster> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'driftguard-estate-'));
    await mkdir(path.join(folder, 'kubernetes/test'), { recursive: true });
    await writeFile(path.join(folder, 'kubernetes/test/objects.json'), JSON.stringify(objects));
    await writeFile(
      path.join(folder, 'kubernetes/test/cluster.json'),
      JSON.stringify({ token: accepted }),
    );
    const child = TestProcess.start('sandbox/main.js', {
      arguments: ['--estate', folder, '--exit-with-parent'],
    });
    await child.waitFor('}\n');
    const { kubernetes } = JSON.parse(child.output) as Addresses;
    const [cluster] = kubernetes;
    if (cluster === undefined) throw new Error('the sandbox serves no cluster');
    return new SandboxCluster(child, folder, cluster.endpoint, cluster.token);
  }

  async addFault(fault: object): Promise<void> {
    await this.#control('POST', 'faults', fault);
  }

  async clearFaults(): Promise<void> {
    await this.#control('DELETE', 'faults');
  }

  /** `apps/v1/Deployment/namespace/name` */
  async change(address: string, property: string, value: unknown): Promise<void> {
    const encoded = address.split('/').map(encodeURIComponent).join('/');
    await this.#control(
      'PUT',
      `resources/${encoded}?path=${encodeURIComponent(property)}`,
      value as object,
    );
  }

  /** How often kinds were listed so far. */
  async lists(): Promise<string> {
    const answer = await fetch(`${this.endpoint}/__sandbox/calls`);
    return answer.text();
  }

  async stop(): Promise<void> {
    await this.process.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  async #control(method: string, what: string, body?: object): Promise<void> {
    const answer = await fetch(`${this.endpoint}/__sandbox/${what}`, {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    if (!answer.ok) throw new Error(`sandbox ${method} ${what}: ${await answer.text()}`);
  }
}
