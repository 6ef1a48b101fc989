/** Ends the help of every command that works on an installation. */
export const SURROUNDINGS = `
Reads the configuration of the API and the workers from the environment (DB_…, REDIS_URL, VAULT_…), see
docs/configuration.md, and works on their database.`;
