/** What the pages look like; light or dark as the reader's system is. */
export const STYLE = `:root { color-scheme: light dark; }
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; display: grid; place-items: start center; padding: 8vh 1rem 2rem;
  font: 1rem/1.55 system-ui, sans-serif; background: light-dark(#f4f6f8, #10151b);
  color: light-dark(#1b2733, #e4eaf0);
}
main {
  width: min(30rem, 100%); padding: 2rem; border-radius: .75rem;
  background: light-dark(#fff, #18202a); border: 1px solid light-dark(#d5dde5, #2b3744);
}
.name { margin: 0; font-weight: 600; letter-spacing: .02em; color: light-dark(#0b5cad, #7ab8f5); }
h1 { margin: .25rem 0 1rem; font-size: 1.5rem; line-height: 1.25; }
label { display: block; font-weight: 600; }
.field { margin: 1rem 0; }
.hint { margin: .1rem 0 .35rem; font-size: .9rem; color: light-dark(#51606f, #a6b3c0); }
input {
  width: 100%; padding: .6rem .7rem; font: inherit; color: inherit; border-radius: .4rem;
  background: light-dark(#fff, #10151b); border: 1px solid light-dark(#7d8b99, #5d6b79);
}
button, .button {
  display: inline-block; padding: .6rem 1.2rem; font: inherit; font-weight: 600; border: 0;
  border-radius: .4rem; cursor: pointer; text-decoration: none; color: #fff; background: #0b5cad;
}
button:hover, .button:hover { background: #094a8c; }
:focus-visible { outline: 3px solid light-dark(#e08600, #ffc35c); outline-offset: 2px; }
.problem {
  padding: .7rem .9rem; border-radius: .4rem; border-left: .3rem solid #c62828;
  background: light-dark(#fdecea, #3a1c1c);
}
a { color: light-dark(#0b5cad, #7ab8f5); }
a.button { color: #fff; }
`;

/**
 * The token of a mailed link stands in the fragment, which no server sees. It goes into the form and out of the address, so that it
 * stays in no history. Without a script the reader puts it in by hand.
 */
export const LINK_SCRIPT = `'use strict';
const field = document.getElementById('token');
const found = /^#token=([\\w-]+)$/.exec(location.hash);
if (field !== null && found !== null) {
  field.value = found[1];
  document.getElementById('token-row').hidden = true;
  history.replaceState(null, '', location.pathname);
} else if (field !== null && field.value !== '') {
  document.getElementById('token-row').hidden = true;
}
`;
