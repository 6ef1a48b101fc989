import { ListRegionsCommand } from '@aws-sdk/client-account';
import {
  ListAccountsCommand,
  ListAccountsForParentCommand,
  ListOrganizationalUnitsForParentCommand,
} from '@aws-sdk/client-organizations';
import type { Account } from '@aws-sdk/client-organizations';
import type { AwsSession } from './aws.session.js';

/** The accounts of an organization and the regions of an account. Calls throw what the SDK throws. */
export class OrganizationApi {
  constructor(
    readonly session: AwsSession,
    /** Both services are global; the SDK picks their home by the partition of this region. */
    readonly region: string,
  ) {}

  async accounts(): Promise<readonly Account[]> {
    const client = this.session.clients.organizations(this.region);
    return this.pages('organizations:ListAccounts', async (token, abortSignal) => {
      const page = await client.send(new ListAccountsCommand(token), { abortSignal });
      return { items: page.Accounts, next: page.NextToken };
    });
  }

  /** Of a root or organizational unit and everything below it. */
  async accountsBelow(parent: string): Promise<readonly Account[]> {
    const client = this.session.clients.organizations(this.region);
    const own = await this.pages(
      'organizations:ListAccountsForParent',
      async (token, abortSignal) => {
        const command = new ListAccountsForParentCommand({ ParentId: parent, ...token });
        const page = await client.send(command, { abortSignal });
        return { items: page.Accounts, next: page.NextToken };
      },
    );
    const units = await this.pages(
      'organizations:ListOrganizationalUnitsForParent',
      async (token, abortSignal) => {
        const command = new ListOrganizationalUnitsForParentCommand({ ParentId: parent, ...token });
        const page = await client.send(command, { abortSignal });
        return { items: page.OrganizationalUnits, next: page.NextToken };
      },
    );
    const all = [...own];
    for (const { Id: unit } of units) if (unit) all.push(...(await this.accountsBelow(unit)));
    return all;
  }

  /** Regions the account can use: enabled by default, or by choice. */
  async enabledRegions(): Promise<readonly string[]> {
    const client = this.session.clients.account(this.region);
    const regions = await this.pages('account:ListRegions', async (token, abortSignal) => {
      const command = new ListRegionsCommand({
        RegionOptStatusContains: ['ENABLED', 'ENABLED_BY_DEFAULT'],
        ...token,
      });
      const page = await client.send(command, { abortSignal });
      return { items: page.Regions, next: page.NextToken };
    });
    return regions.flatMap(({ RegionName }) => RegionName ?? []);
  }

  private async pages<T>(
    operation: string,
    send: (
      token: { NextToken?: string },
      abortSignal: AbortSignal,
    ) => Promise<{ items: T[] | undefined; next: string | undefined }>,
  ): Promise<T[]> {
    const all: T[] = [];
    let token: string | undefined;
    do {
      const from = token ? { NextToken: token } : {};
      const page = await this.session.call(operation, this.region, (abortSignal) =>
        send(from, abortSignal),
      );
      all.push(...(page.items ?? []));
      token = page.next;
    } while (token);
    return all;
  }
}
