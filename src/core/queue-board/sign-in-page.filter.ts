import { Catch } from '@nestjs/common';
import { type Answer, formPage, PageFilter } from '../http/index.js';

export function signInPage(problem: string | null = null): string {
  return formPage({
    title: 'Queue board',
    lead: 'For operators of this installation. What you do here is recorded.',
    root: '../',
    fields: [
      {
        name: 'token',
        label: 'Token',
        hint: 'It begins with dgo_.',
        type: 'password',
        autocomplete: 'current-password',
      },
      {
        name: 'code',
        label: 'Code',
        hint: 'The six digits your authenticator app shows now.',
        autocomplete: 'one-time-code',
        inputMode: 'numeric',
      },
    ],
    button: 'Sign in',
    problem,
  });
}

@Catch()
export class SignInPageFilter extends PageFilter {
  protected override render({ status, message }: Answer): string | null {
    return status === 404 ? null : signInPage(message);
  }
}
