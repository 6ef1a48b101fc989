// Writes docs/errors.md from the source: every code an API answer or the command line can carry. `--check` compares.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const root = path.resolve(import.meta.dirname, '..');
const target = path.join(root, 'docs/errors.md');
const STATUS = {
  invalid: 400,
  unauthenticated: 401,
  forbidden: 403,
  notFound: 404,
  conflict: 409,
  tooMany: 429,
  unavailable: 503,
};
const CODE = /^[A-Z][A-Z_]*(\.[A-Z][A-Z0-9_]*)?$/;

/** @type {Map<string, { status: number, message: string }>} */
const found = new Map();
for (const name of readdirSync(path.join(root, 'src'), { recursive: true })) {
  if (!name.endsWith('.ts') || name.endsWith('.spec.ts')) continue;
  const file = path.join(root, 'src', name);
  visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true));
}

function visit(node) {
  if (ts.isObjectLiteralExpression(node)) objectWithCode(node);
  if (ts.isCallExpression(node)) call(node);
  if (ts.isPropertyAssignment(node)) frameworkError(node);
  ts.forEachChild(node, visit);
}

/** `{ code: 'X.Y', kind: 'notFound', message: … }` */
function objectWithCode(node) {
  const fields = Object.fromEntries(
    node.properties
      .filter((one) => ts.isPropertyAssignment(one))
      .map((one) => [one.name.getText(), one.initializer]),
  );
  if (!fields.code || !ts.isStringLiteral(fields.code)) return;
  const status = STATUS[fields.kind?.text] ?? Number(fields.status?.text);
  if (!status) return;
  const text = fields.message && words(fields.message);
  add(fields.code.text, status, text || 'The message says what is wrong.');
}

/** `super(em, Entity, 'USER')` of a TenantRepository, and `refusal('TRUNCATED', file, wrong, remedy)` of a parser. */
function call(node) {
  const [first, second, third, fourth] = node.arguments;
  if (node.expression.kind === ts.SyntaxKind.SuperKeyword && third && ts.isStringLiteral(third)) {
    const noun = third.text.toLowerCase().replaceAll('_', ' ');
    add(`${third.text}.NOT_FOUND`, 404, `There is no such ${noun}.`);
  }
  if (node.expression.getText() === 'refusal' && first && ts.isStringLiteral(first)) {
    add(`IAC.${first.text}`, 400, second && `${words(third)}. ${words(fourth)}.`);
  }
}

/** `404: ['REQUEST.NO_SUCH_PATH', '…']` */
function frameworkError(node) {
  if (!ts.isNumericLiteral(node.name) || !ts.isArrayLiteralExpression(node.initializer)) return;
  const [code, message] = node.initializer.elements;
  if (ts.isStringLiteral(code) && message) add(code.text, Number(node.name.text), words(message));
}

function add(code, status, message) {
  if (CODE.test(code) && !found.has(code)) found.set(code, { status, message });
}

/** The text of a literal; what is filled in later is shown as `…`. */
function words(node) {
  if (!node) return '…';
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) {
    return [node.head.text, ...node.templateSpans.map((span) => `…${span.literal.text}`)].join('');
  }
  if (ts.isBinaryExpression(node)) return words(node.left) + words(node.right);
  return '…';
}

const rows = [...found]
  .sort(([one], [other]) => (one < other ? -1 : 1))
  .map(([code, { status, message }]) => {
    const meaning = message.split('\n')[0].replaceAll('|', '\\|');
    return `| \`${code}\` | ${status} | ${meaning} |`;
  });
const text = `# Errors

Every error answer of the API is an RFC 9457 problem document (\`application/problem+json\`). \`code\` is stable and made
for programs, \`detail\` for people; \`error_id\` is also in the log line that was written for the failure, and
\`correlation_id\` in every log line of the request. The command line prints the same codes.

_Generated from the source by \`npm run errors:document\`._

| code | status | meaning |
| --- | --- | --- |
${rows.join('\n')}
`;

if (!process.argv.includes('--check')) {
  writeFileSync(target, text);
  process.stdout.write(`wrote docs/errors.md, ${found.size} codes\n`);
} else if (readFileSync(target, 'utf8') !== text) {
  process.stderr.write('docs/errors.md is not what the code says; run `npm run errors:document`\n');
  process.exitCode = 1;
}
