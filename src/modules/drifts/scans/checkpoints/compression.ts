import { promisify } from 'node:util';
import { constants, zstdCompress, zstdDecompress } from 'node:zlib';

const zip = promisify(zstdCompress);
const unzip = promisify(zstdDecompress);

/** Off the main thread, fast rather than small. */
export function compress(text: string): Promise<Buffer> {
  return zip(text, { params: { [constants.ZSTD_c_compressionLevel]: 1 } });
}

export async function decompress(bytes: Buffer): Promise<string> {
  return (await unzip(bytes)).toString();
}
