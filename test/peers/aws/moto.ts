import path from 'node:path';
import { PeerProcess } from '../peer-process.js';

/** moto's server: S3, STS, Organizations and CloudFormation as somebody else understood them. */
export async function startMoto(): Promise<PeerProcess> {
  const server = path.join(String(process.env.PEER_PYTHON), 'moto_server');
  return PeerProcess.start(server, (port) => ['-H', '127.0.0.1', '-p', String(port)]);
}

export const KEYS = { accessKeyId: 'testing', secretAccessKey: 'testing' };

/** Settings of an SDK client that prepares something in moto. The SDK marks the credentials it is given, so they are copied. */
export function clientOf(url: string, credentials: typeof KEYS & { sessionToken?: string } = KEYS) {
  return {
    endpoint: url,
    region: 'eu-central-1',
    credentials: { ...credentials },
    forcePathStyle: true,
  };
}
