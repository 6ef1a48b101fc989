import { DATA_MAP, type TableData } from './data-map.js';

/** The data map as it stands in docs/gdpr.md. */
export function dataMapTable(): string {
  const rows = DATA_MAP.map(
    (data) => `| \`${data.table}\` | ${data.about} | ${whatHappens(data)} |`,
  );
  return ['| table | about | when a person is anonymised |', '| --- | --- | --- |', ...rows].join(
    '\n',
  );
}

function whatHappens(data: TableData): string {
  const parts = [
    data.deleted === true ? 'rows of the person are deleted' : '',
    said(data.deleted === true ? undefined : data.own, 'replaced'),
    said(data.scrubbed, 'names and address taken out'),
    said(data.observed, 'address taken out'),
    said(data.mirrored, 'left: a copy of the customer’s code'),
  ].filter((part) => part !== '');
  return parts.length === 0 ? 'nothing: names nobody' : parts.join('; ');
}

function said(columns: readonly string[] | undefined, what: string): string {
  if (columns === undefined || columns.length === 0) return '';
  return `${columns.map((one) => `\`${one}\``).join(', ')}: ${what}`;
}
