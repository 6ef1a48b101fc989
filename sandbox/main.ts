import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { startSandbox } from './sandbox.js';

const USAGE = `Usage: node dist/sandbox/main.js --estate DIR [options]

  --estate DIR            the estate folder (layout: sandbox/README.md)
  --aws-port N            port of AWS Config and STS; 0, the default, takes a free one
  --azure-port N          port of Azure Resource Graph and Entra; 0, the default, takes a free one
  --gcp-port N            port of Cloud Asset Inventory; 0, the default, takes a free one
  --kubernetes-port N     port of the first cluster, the next ones follow; 0 takes free ones
  --tfe-port N            port of HCP Terraform; 0, the default, takes a free one
  --ready-file FILE       writes the addresses there instead of one JSON line on stdout
  --exit-with-parent      stops when stdin closes
  --help                  shows this
`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      estate: { type: 'string' },
      'aws-port': { type: 'string', default: '0' },
      'azure-port': { type: 'string', default: '0' },
      'gcp-port': { type: 'string', default: '0' },
      'kubernetes-port': { type: 'string', default: '0' },
      'tfe-port': { type: 'string', default: '0' },
      'ready-file': { type: 'string' },
      'exit-with-parent': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return;
  }
  if (!values.estate) throw new Error(`--estate is missing.\n\n${USAGE}`);
  const sandbox = await startSandbox({
    estate: values.estate,
    awsPort: port('--aws-port', values['aws-port']),
    azurePort: port('--azure-port', values['azure-port']),
    gcpPort: port('--gcp-port', values['gcp-port']),
    tfePort: port('--tfe-port', values['tfe-port']),
    kubernetesPort: port('--kubernetes-port', values['kubernetes-port']),
  });
  const stop = (): void => {
    void sandbox.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  if (values['exit-with-parent']) process.stdin.once('close', stop).resume();
  const ready = `${JSON.stringify(sandbox.addresses)}\n`;
  if (values['ready-file']) writeFileSync(values['ready-file'], ready);
  else process.stdout.write(ready);
}

function port(option: string, value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0 || number > 65535) {
    throw new Error(`${option} ${value}: a port is a number from 0 to 65535.`);
  }
  return number;
}

main().catch((error: unknown) => {
  process.stderr.write(`sandbox: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 2;
});
