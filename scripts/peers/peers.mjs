// What the peer tests need: programs no one here wrote, each with what must be on the machine and how it is installed.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { runQuietly } from '../install/run.mjs';

// A machine that takes longer runs without this peer, rather than not at all.
const minutes = (count) => ({ timeout: count * 60_000 });
const SHORT = minutes(5);
const RECIPES = path.resolve(import.meta.dirname, '../../test/peers');

/** `specs`: folder under test/peers. `environment` tells its specs where the peer was installed. */
export const PEERS = [
  {
    name: 'kubernetes',
    what: 'kube-apiserver, kube-controller-manager, etcd and kubectl, built from their Go modules',
    needs: ['go', 'openssl'],
    install: (folder) =>
      runQuietly('bash', [path.join(RECIPES, 'kubernetes/build.sh'), folder], minutes(18)),
    environment: (folder) => ({ PEER_KUBERNETES: path.join(folder, 'bin') }),
  },
  {
    name: 'aws',
    what: 'moto and boto3 from PyPI',
    needs: ['python3'],
    install: async (folder) => {
      if (!existsSync(path.join(folder, 'bin/pip'))) {
        await runQuietly('python3', ['-m', 'venv', folder], SHORT);
      }
      const list = path.join(RECIPES, 'aws/requirements.txt');
      await runQuietly(path.join(folder, 'bin/pip'), ['install', '--quiet', '-r', list], SHORT);
    },
    environment: (folder) => ({ PEER_PYTHON: path.join(folder, 'bin') }),
  },
  {
    name: 'azurite',
    what: 'Azurite from npm',
    needs: ['npm'],
    install: async (folder) => {
      if (existsSync(path.join(folder, 'node_modules/.bin/azurite-blob'))) return;
      const args = ['install', '--prefix', folder, '--no-save', '--ignore-scripts'];
      await runQuietly('npm', [...args, '--no-audit', '--no-fund', 'azurite@3.35.0'], SHORT);
    },
    environment: (folder) => ({ PEER_AZURITE: path.join(folder, 'node_modules/.bin') }),
  },
  {
    name: 'gcs',
    what: 'fake-gcs-server, built from its Go module',
    needs: ['go'],
    install: async (folder) => {
      if (existsSync(path.join(folder, 'fake-gcs-server'))) return;
      await runQuietly('go', ['install', 'github.com/fsouza/fake-gcs-server@v1.56.1'], {
        ...minutes(8),
        env: { ...process.env, GOBIN: folder, CGO_ENABLED: '0' },
      });
    },
    environment: (folder) => ({ PEER_GCS: folder }),
  },
  {
    name: 'schemathesis',
    what: 'schemathesis from PyPI',
    needs: ['python3'],
    install: async (folder) => {
      if (existsSync(path.join(folder, 'bin/st'))) return;
      await runQuietly('python3', ['-m', 'venv', folder], SHORT);
      const pip = path.join(folder, 'bin/pip');
      await runQuietly(pip, ['install', '--quiet', 'schemathesis==4.32.5'], SHORT);
    },
    environment: (folder) => ({ PEER_SCHEMATHESIS: path.join(folder, 'bin') }),
  },
  { name: 'git', what: "git's own HTTP backend", needs: ['git'] },
  { name: 'postgres', what: 'the PostgreSQL of the tests', needs: [] },
];

/** Names of the commands that are not on the machine. */
export function missingCommands(peer) {
  return peer.needs.filter((name) => spawnSync('which', [name]).status !== 0);
}
