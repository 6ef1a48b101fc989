import { refusal } from '../parse.errors.js';

function startsWith(head: Buffer, ...bytes: number[]): boolean {
  return head.length >= bytes.length && bytes.every((byte, index) => head[index] === byte);
}

/** Where the name of the first entry of a zip file begins (APPNOTE.TXT 4.3.7, local file header). */
const ZIP_NAME = 30;
const SNIFFED_BYTES = 4096;

/** Turns away what is no UTF-8 text, with the way to get the text. @throws DomainError */
export function refuseBinary(head: Buffer, file: string): void {
  if (startsWith(head, 0x50, 0x4b, 0x03, 0x04)) {
    const isPlan = head.subarray(ZIP_NAME, ZIP_NAME + 6).toString('latin1') === 'tfplan';
    throw isPlan
      ? refusal(
          'BINARY_PLAN',
          file,
          'this is a saved Terraform plan in its binary form',
          'Run `terraform show -json PLANFILE > plan.json` where it was planned, and give plan.json',
        )
      : refusal('ARCHIVE', file, 'this is a zip archive', 'Unpack it and give the files inside');
  }
  if (startsWith(head, 0x1f, 0x8b)) {
    throw refusal('ARCHIVE', file, 'this is compressed with gzip', 'Unpack it with `gunzip` first');
  }
  if (startsWith(head, 0x28, 0xb5, 0x2f, 0xfd) || startsWith(head, 0x42, 0x5a, 0x68)) {
    throw refusal('ARCHIVE', file, 'this file is compressed', 'Unpack it first');
  }
  if (startsWith(head, 0xff, 0xfe) || startsWith(head, 0xfe, 0xff)) {
    throw refusal(
      'UTF16',
      file,
      'the text is UTF-16, as Windows PowerShell writes redirected output',
      'Convert it with `iconv -f UTF-16 -t UTF-8`, or redirect with `| Out-File -Encoding utf8`',
    );
  }
  const zero = head.subarray(0, SNIFFED_BYTES).indexOf(0);
  if (zero >= 0) {
    throw refusal(
      'BINARY',
      file,
      'this is a binary file',
      'Give a Terraform state, a plan as JSON, a CloudFormation template or Kubernetes manifests',
      { line: null, byte: zero },
    );
  }
}
