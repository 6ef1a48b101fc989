import { Controller, Get, Header } from '@nestjs/common';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import type { JSONWebKeySet } from 'jose';
import { Operation } from '../../http/index.js';
import { Public } from '../access.decorators.js';
import { SigningKeys } from './signing-keys.js';

class JsonWebKeyResponse {
  @ApiProperty({ example: '01980a3e-0000-4000-8000-000000000077' })
  kid!: string;

  @ApiProperty({ example: 'OKP' })
  kty!: string;

  @ApiProperty({ example: 'Ed25519' })
  crv!: string;

  @ApiProperty({ description: 'The public key, base64url.' })
  x!: string;

  @ApiProperty({ example: 'EdDSA' })
  alg!: string;

  @ApiProperty({ example: 'sig' })
  use!: string;
}

class JsonWebKeySetResponse {
  @ApiProperty({ type: [JsonWebKeyResponse] })
  keys!: JsonWebKeyResponse[];
}

@ApiTags('auth')
@Controller('.well-known')
export class JwksController {
  constructor(private readonly keys: SigningKeys) {}

  @Get('jwks.json')
  @Public()
  @Header('cache-control', 'public, max-age=300')
  @Operation({
    id: 'getSigningKeys',
    summary: 'The public keys that verify access tokens (RFC 7517)',
    response: JsonWebKeySetResponse,
    public: true,
    example: {
      keys: [
        {
          kid: '01980a3e-0000-4000-8000-000000000077',
          kty: 'OKP',
          crv: 'Ed25519',
          x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
          alg: 'EdDSA',
          use: 'sig',
        },
      ],
    },
  })
  read(): Promise<JSONWebKeySet> {
    return this.keys.jwks();
  }
}
