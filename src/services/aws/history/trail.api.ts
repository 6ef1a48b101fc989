import { LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import type { LookupAttributeKey } from '@aws-sdk/client-cloudtrail';
import type { AwsSession } from '../aws.session.js';
import { parseRecord } from './trail-record.js';
import type { TrailFields } from './trail-fields.js';

export const LOOKUP_EVENTS = 'cloudtrail:LookupEvents';

/** The event history of one account, newest first. Calls throw what the SDK throws. */
export class TrailApi {
  constructor(readonly session: AwsSession) {}

  /** At most `pages` pages of 50 events: with two calls a second nobody reads a busy account's whole history. */
  async lookup(
    region: string,
    attribute: { readonly key: LookupAttributeKey; readonly value: string },
    { since, pages }: { readonly since: Date; readonly pages: number },
  ): Promise<TrailFields[]> {
    const client = this.session.clients.cloudTrail(region);
    const records: TrailFields[] = [];
    let token: string | undefined;
    for (let page = 0; page < pages; page++) {
      const request = {
        LookupAttributes: [{ AttributeKey: attribute.key, AttributeValue: attribute.value }],
        StartTime: since,
        MaxResults: 50,
        ...(token === undefined ? {} : { NextToken: token }),
      };
      const answer = await this.session.call(LOOKUP_EVENTS, region, (abortSignal) =>
        client.send(new LookupEventsCommand(request), { abortSignal }),
      );
      for (const event of answer.Events ?? []) {
        const record = parseRecord(event.CloudTrailEvent);
        if (record !== null) records.push(record);
      }
      token = answer.NextToken;
      if (!token) break;
    }
    return records;
  }
}
