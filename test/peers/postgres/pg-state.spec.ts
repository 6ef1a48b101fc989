import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { readState, stateOf } from '../read-state.js';

// Terraform's own statements: https://github.com/hashicorp/terraform/blob/main/internal/backend/remote-state/pg/backend.go
const BACKEND = `
  create schema terraform_remote_state;
  create sequence public.global_states_id_seq as bigint;
  create table terraform_remote_state.states (
    id bigint not null default nextval('public.global_states_id_seq') primary key, name text unique, data text
  );
  create unique index states_by_name on terraform_remote_state.states (name)`;

describe("states in PostgreSQL, as Terraform's pg backend keeps them", () => {
  const root = new URL(String(process.env.TEST_DATABASE_URL));
  const database = `peer_states_${process.pid}`;
  let admin: pg.Client;
  let own: pg.Client;

  const read = (parameters: string, password = 'reader-pw') =>
    readState(`pg://${root.host}/${database}?sslmode=disable${parameters}`, {
      credentials: { username: `reader_${process.pid}`, password },
    });

  beforeAll(async () => {
    admin = new pg.Client(root.href);
    await admin.connect();
    await admin.query(`create database ${database}`);
    await admin.query(`create role reader_${process.pid} login password 'reader-pw'`);
    own = new pg.Client(new URL(`/${database}`, root).href);
    await own.connect();
    await own.query(BACKEND);
    await own.query(`grant usage on schema terraform_remote_state to reader_${process.pid}`);
    await own.query(`grant select on terraform_remote_state.states to reader_${process.pid}`);
    for (const workspace of ['default', 'staging']) {
      await own.query('insert into terraform_remote_state.states (name, data) values ($1, $2)', [
        workspace,
        stateOf(workspace),
      ]);
    }
  });
  afterAll(async () => {
    await own.query(`drop owned by reader_${process.pid}`);
    await own.end();
    await admin.query(`drop database ${database}`);
    await admin.query(`drop role reader_${process.pid}`);
    await admin.end();
  });

  it('reads one workspace or all of them with no right but to select', async () => {
    expect(await read('')).toMatchObject([{ text: stateOf('default') }]);
    expect(await read('&workspace=staging')).toMatchObject([{ text: stateOf('staging') }]);
    expect((await read('&workspace=*')).map(({ text }) => text).sort()).toEqual(
      [stateOf('default'), stateOf('staging')].sort(),
    );
  });

  it.each([
    ['workspace', '&workspace=none', 'missing'],
    ['schema', '&schema=none', 'missing'],
  ])('says that there is no such %s', async (_what, parameters, failure) => {
    await expect(read(parameters)).rejects.toMatchObject({ failure });
  });

  it('says that a wrong password is denied', async () => {
    await expect(read('', 'wrong')).rejects.toMatchObject({ failure: 'denied' });
  });
});
