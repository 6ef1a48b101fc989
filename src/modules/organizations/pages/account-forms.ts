import type { FormField, FormPage } from '../../../core/http/index.js';

const TOKEN: FormField = {
  name: 'token',
  label: 'Token of the link',
  hint: 'What stands behind “#token=” in the link of the mail.',
  autocomplete: 'off',
};
const PASSWORD_HINT = 'At least 12 characters; a few words of your own choice are fine.';

type LinkForm = Omit<FormPage, 'problem'> & {
  readonly done: { readonly title: string; readonly text: string };
};

export type LinkFormName = 'accept-invitation' | 'reset-password' | 'confirm-address';

/** Where the links of mails lead, by the path that stands in them. */
export const LINK_FORMS: Readonly<Record<LinkFormName, LinkForm>> = {
  'accept-invitation': {
    title: 'Accept the invitation',
    lead: 'Choose how you will log in to DriftGuard.',
    takesLinkToken: true,
    fields: [
      TOKEN,
      { name: 'username', label: 'Username', autocomplete: 'username' },
      {
        name: 'password',
        label: 'Password',
        hint: PASSWORD_HINT,
        type: 'password',
        autocomplete: 'new-password',
      },
    ],
    button: 'Create the account',
    done: {
      title: 'Welcome',
      text: 'Your account is there. Log in with the name and password you chose.',
    },
  },
  'reset-password': {
    title: 'Choose a new password',
    lead: 'You are logged out everywhere once it is set.',
    takesLinkToken: true,
    fields: [
      TOKEN,
      {
        name: 'new_password',
        label: 'New password',
        hint: PASSWORD_HINT,
        type: 'password',
        autocomplete: 'new-password',
      },
    ],
    button: 'Set the password',
    done: { title: 'The password is set', text: 'Log in with it. The one before works no more.' },
  },
  'confirm-address': {
    title: 'Confirm the address',
    lead: 'Your account uses this mail address once you confirm it.',
    takesLinkToken: true,
    fields: [TOKEN],
    button: 'Confirm',
    done: { title: 'The address is confirmed', text: 'Your account uses it from now on.' },
  },
};

/** The form as it was sent, with what was wrong. The password is typed anew. */
export function withProblem(
  name: LinkFormName,
  sent: Readonly<Record<string, unknown>>,
  problem: string,
): FormPage {
  const form = LINK_FORMS[name];
  const fields = form.fields.map((field): FormField => {
    const value = sent[field.name];
    return field.type === 'password' || typeof value !== 'string' ? field : { ...field, value };
  });
  return { ...form, fields, problem };
}
