import { parseDocument } from 'yaml';

/** Fields of credentials that hold an address, besides a kubeconfig. */
const ADDRESS_FIELDS = ['server', 'authorityHost'];

/** The hosts an environment names itself: its endpoint and what its credentials lead to. What is no address is not judged here. */
export function namedHosts(
  endpoint: string | null,
  credentials: Readonly<Record<string, string>>,
): readonly string[] {
  const addresses = [
    endpoint,
    ...ADDRESS_FIELDS.map((field) => credentials[field]),
    ...kubeconfigAddresses(credentials.kubeconfig ?? ''),
  ];
  return addresses.flatMap((address) => {
    const host = address ? URL.parse(address)?.hostname : undefined;
    return host ? [host] : [];
  });
}

/** Of every cluster in it; which one is read is not decided here. */
function kubeconfigAddresses(text: string): readonly string[] {
  const document = parseDocument(text, { prettyErrors: false });
  if (document.errors.length > 0) return [];
  const { clusters } = fields(document.toJS());
  return (Array.isArray(clusters) ? clusters : []).flatMap((entry) => {
    const cluster = fields(fields(entry).cluster);
    return [cluster.server, cluster['proxy-url']].filter((one) => typeof one === 'string');
  });
}

function fields(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
