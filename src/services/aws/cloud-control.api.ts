import { GetResourceCommand, ListResourcesCommand } from '@aws-sdk/client-cloudcontrol';
import type { AwsSession } from './aws.session.js';

/** Descriptions a page may have at most (API reference, ListResources, MaxResults). */
const PAGE_SIZE = 100;

/** Cloud Control of one account: https://docs.aws.amazon.com/cloudcontrolapi/latest/APIReference/. Calls throw what the SDK throws. */
export class CloudControlApi {
  constructor(readonly session: AwsSession) {}

  /** Pages of primary identifiers. */
  async *list(region: string, type: string): AsyncGenerator<readonly string[]> {
    const client = this.session.clients.cloudControl(region);
    let token: string | undefined;
    do {
      const command = new ListResourcesCommand({
        TypeName: type,
        MaxResults: PAGE_SIZE,
        ...(token ? { NextToken: token } : {}),
      });
      const page = await this.session.call('cloudformation:ListResources', region, (abortSignal) =>
        client.send(command, { abortSignal }),
      );
      token = page.NextToken;
      yield (page.ResourceDescriptions ?? []).flatMap(({ Identifier }) => Identifier ?? []);
    } while (token);
  }

  /** The whole model as JSON text; what a list answers may hold the identifier only. */
  async get(region: string, type: string, identifier: string): Promise<string> {
    const client = this.session.clients.cloudControl(region);
    const command = new GetResourceCommand({ TypeName: type, Identifier: identifier });
    const answer = await this.session.call('cloudformation:GetResource', region, (abortSignal) =>
      client.send(command, { abortSignal }),
    );
    return answer.ResourceDescription?.Properties ?? '{}';
  }
}
