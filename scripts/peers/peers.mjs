// What the peer tests need: programs no one here wrote, each with what must be on the machine and how it is installed.
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { runQuietly } from '../install/run.mjs';

const RECIPES = path.resolve(import.meta.dirname, '../../test/peers');

/** `specs`: folder under test/peers. `environment` tells its specs where the peer was installed. */
export const PEERS = [
  {
    name: 'kubernetes',
    what: 'kube-apiserver, kube-controller-manager, etcd and kubectl, built from their Go modules',
    needs: ['go', 'openssl'],
    specs: 'kubernetes',
    install: (folder) => runQuietly('bash', [path.join(RECIPES, 'kubernetes/build.sh'), folder]),
    environment: (folder) => ({ PEER_KUBERNETES: path.join(folder, 'bin') }),
  },
];

/** Names of the commands that are not on the machine. */
export function missingCommands(peer) {
  return peer.needs.filter((name) => spawnSync('which', [name]).status !== 0);
}
