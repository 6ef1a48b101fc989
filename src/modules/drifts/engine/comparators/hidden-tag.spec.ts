import { describe, expect, it } from '@jest/globals';
import { fieldOf } from '../testing/rule-on.js';
import { hiddenTag } from './hidden-tag.js';

function ruling(type: string, key: string, declared: string | undefined) {
  const field = { ...fieldOf({ type, path: `tags[${JSON.stringify(key)}]` }), key };
  return hiddenTag.rule(declared, '/subscriptions/0/x', field)?.kind ?? 'silent';
}

describe('hidden-tag', () => {
  it('is silent about a link Azure wrote', () => {
    expect(ruling('azurerm_linux_web_app', 'hidden-link: /app-insights', undefined)).toBe('same');
  });

  it.each([
    ['a visible tag', 'azurerm_linux_web_app', 'owner', undefined],
    ['a hidden tag the code declares', 'azurerm_linux_web_app', 'hidden-title', 'mine'],
    ['the same name in another cloud', 'aws_instance', 'hidden-link', undefined],
  ])('does not excuse %s', (_, type, key, declared) => {
    expect(ruling(type, key, declared)).toBe('silent');
  });
});
