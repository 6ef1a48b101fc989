import { createHmac, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Config } from '../config/index.js';
import { DomainError } from '../errors/index.js';

export type CursorValue = string | number | null;
const SIGNATURE_BYTES = 16;

/** Where a list continues: the sort values of the last row, opaque and signed, so nobody can craft one. */
@Injectable()
export class CursorCodec {
  readonly #key: Buffer;

  constructor(config: Config) {
    this.#key = createHmac('sha256', config.get('SECRET_KEY')).update('list cursor').digest();
  }

  /** `list` names the list and everything that changes its order, so a cursor fits only where it came from. */
  encode(list: string, values: readonly CursorValue[]): string {
    const payload = Buffer.from(JSON.stringify(values));
    return Buffer.concat([this.#sign(list, payload), payload]).toString('base64url');
  }

  /** @throws DomainError `REQUEST.CURSOR_INVALID` */
  decode(list: string, cursor: string): readonly CursorValue[] {
    const bytes = Buffer.from(cursor, 'base64url');
    const signature = bytes.subarray(0, SIGNATURE_BYTES);
    const payload = bytes.subarray(SIGNATURE_BYTES);
    if (
      signature.length !== SIGNATURE_BYTES ||
      !timingSafeEqual(signature, this.#sign(list, payload))
    ) {
      throw new DomainError({
        code: 'REQUEST.CURSOR_INVALID',
        kind: 'invalid',
        message: 'The cursor does not belong to this list; start again without one.',
      });
    }
    return JSON.parse(payload.toString()) as CursorValue[];
  }

  #sign(list: string, payload: Buffer): Buffer {
    const mac = createHmac('sha256', this.#key).update(list).update('\0').update(payload);
    return mac.digest().subarray(0, SIGNATURE_BYTES);
  }
}
