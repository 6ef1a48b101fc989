import { Html, html } from './html.js';

export interface FormField {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly type?: 'text' | 'password';
  readonly autocomplete: string;
  /** What was typed before; never for a password. */
  readonly value?: string;
  readonly inputMode?: 'numeric';
  readonly required?: boolean;
}

export interface FormPage {
  readonly title: string;
  readonly lead: string;
  readonly method?: 'get' | 'post';
  /** From the page to where PUBLIC_URL leads: `../` for one that lies in a folder. */
  readonly root?: string;
  readonly fields: readonly FormField[];
  readonly button: string;
  /** What was wrong with what was sent before. */
  readonly problem?: string | null;
  /** Brings the token of a mailed link from the fragment of the address into the form. */
  readonly takesLinkToken?: boolean;
}

export const STYLE_PATH = 'pages/style.css';
export const LINK_SCRIPT_PATH = 'pages/link-token.js';

/** A whole page. Addresses in it are relative, so that PUBLIC_URL may have a path. Nothing inline: the policy of every answer refuses that. */
function page(title: string, body: Html, root: string, script: string | null): string {
  const tag = script === null ? null : html`<script src="${root}${script}" defer></script>`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title} · DriftGuard</title>
        <link rel="stylesheet" href="${root}${STYLE_PATH}" />
        <link rel="icon" href="data:," />
        ${tag}
      </head>
      <body>
        <main>
          <p class="name">DriftGuard</p>
          ${body}
        </main>
      </body>
    </html> `.text;
}

/** A page that says something, and where to go on. */
export function messagePage(
  title: string,
  paragraphs: readonly string[],
  link: { readonly href: string; readonly label: string } | null = null,
  root = '',
): string {
  const anchor =
    link === null ? null : html`<p><a class="button" href="${link.href}">${link.label}</a></p>`;
  return page(
    title,
    html`<h1>${title}</h1>
      ${paragraphs.map((text) => html`<p>${text}</p>`)} ${anchor}`,
    root,
    null,
  );
}

export function formPage(form: FormPage): string {
  const { problem = null, method = 'post', root = '' } = form;
  const alert = problem === null ? null : html`<p class="problem" role="alert">${problem}</p>`;
  const body = html`<h1>${form.title}</h1>
    <p>${form.lead}</p>
    ${alert}
    <form method="${method}">
      ${form.fields.map(fieldRow)}
      <p><button type="submit">${form.button}</button></p>
    </form>`;
  return page(form.title, body, root, form.takesLinkToken === true ? LINK_SCRIPT_PATH : null);
}

function fieldRow(field: FormField): Html {
  const { name, hint, type = 'text', value = '', required = true } = field;
  const hintId = `${name}-hint`;
  const described = hint === undefined ? null : html` aria-describedby="${hintId}"`;
  const mode = field.inputMode === undefined ? null : html` inputmode="${field.inputMode}"`;
  return html`<div class="field" id="${name}-row">
    <label for="${name}">${field.label}</label>
    ${hint === undefined ? null : html`<p class="hint" id="${hintId}">${hint}</p>`}
    <input
      id="${name}"
      name="${name}"
      type="${type}"
      value="${value}"
      autocomplete="${field.autocomplete}"
      spellcheck="false"
      autocapitalize="none"
      ${mode}${required ? html` required` : null}${described}
    />
  </div>`;
}
