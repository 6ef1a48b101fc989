import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../errors/index.js';
import { parseConfig, type RawVariables } from './config.js';

const STRONG = 'q7Zr0vXc2mPw9sLd4tYb8nKh3fJg6aEu';
const PRODUCTION: RawVariables = {
  NODE_ENV: 'production',
  SECRET_KEY: STRONG,
  DB_HOST: 'db.internal',
  DB_PASSWORD: `${STRONG}a`,
  DB_SYSTEM_PASSWORD: `${STRONG}b`,
  REDIS_URL: 'rediss://cache.internal:6379/0',
};

function problemsOf(raw: RawVariables): string[] {
  try {
    parseConfig(raw);
    return [];
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    expect(error.code).toBe('CONFIG.INVALID');
    return error.details.problems as string[];
  }
}

describe('configuration', () => {
  it('has every default in development and testing', () => {
    expect(problemsOf({ NODE_ENV: 'development' })).toEqual([]);
    expect(parseConfig({ NODE_ENV: 'test' }).get('LOG_LEVEL')).toBe('silent');
  });

  it('is production when nobody says, and then requires what it cannot guess', () => {
    const names = problemsOf({}).map((problem) => problem.split(' ')[0]);
    expect(names).toEqual(expect.arrayContaining(['SECRET_KEY', 'DB_HOST', 'DB_PASSWORD']));
  });

  it('reads types', () => {
    const config = parseConfig({ NODE_ENV: 'development', API_PORT: '9000', TRUST_PROXY: 'true' });
    expect([config.get('API_PORT'), config.get('TRUST_PROXY')]).toEqual([9000, true]);
  });

  it('takes an empty text as not set', () => {
    expect(parseConfig({ NODE_ENV: 'development', API_PORT: '' }).get('API_PORT')).toBe(8000);
  });

  it.each([
    ['API_PORT', '70000', 'API_PORT must be an integer 0–65535'],
    ['API_PORT', '80a', 'API_PORT must be an integer 0–65535'],
    ['TRUST_PROXY', 'yes', 'TRUST_PROXY must be true or false'],
    ['REDIS_URL', 'http://x', 'REDIS_URL must be a URL (redis:, rediss:)'],
    ['NODE_ENV', 'staging', 'NODE_ENV must be one of development, production, testing'],
  ])('refuses %s=%s', (name, value, problem) => {
    expect(problemsOf({ NODE_ENV: 'development', [name]: value })).toEqual([problem]);
  });

  it('names every problem at once and never shows a value', () => {
    const problems = problemsOf({ NODE_ENV: 'development', SECRET_KEY: 'hunter2', API_PORT: 'x' });
    expect(problems).toEqual([
      'API_PORT must be an integer 0–65535',
      'SECRET_KEY must have at least 32 characters',
    ]);
    expect(problems.join()).not.toContain('hunter2');
  });

  it.each([
    'development-only-secret-change-me-in-production',
    'your-secret-key-your-secret-key-your',
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    '<put a secret of 32 characters here>',
  ])('refuses the placeholder %s in production only', (SECRET_KEY) => {
    expect(problemsOf({ NODE_ENV: 'development', SECRET_KEY })).toEqual([]);
    expect(problemsOf({ ...PRODUCTION, SECRET_KEY })).toContain(
      'SECRET_KEY is a placeholder; set a secret of your own',
    );
  });

  it('does not give secrets away when printed', () => {
    const config = parseConfig({ NODE_ENV: 'development', SECRET_KEY: STRONG });
    expect(JSON.stringify(config)).not.toContain(STRONG);
  });
});
