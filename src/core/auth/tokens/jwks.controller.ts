import { Controller, Get, Header } from '@nestjs/common';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import { Operation } from '../../http/index.js';
import { Public } from '../access.decorators.js';
import { SigningKeys } from './signing-keys.js';

class JsonWebKeyResponse {
  @ApiProperty({ example: '01980a3e-0000-4000-8000-000000000077' })
  kid!: string;

  @ApiProperty({ example: 'EC' })
  kty!: string;

  @ApiProperty({ example: 'P-256' })
  crv!: string;

  @ApiProperty({ description: 'First coordinate of the public key, base64url.' })
  x!: string;

  @ApiProperty({ description: 'Second coordinate of the public key, base64url.' })
  y!: string;

  @ApiProperty({ example: 'ES256' })
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
          kty: 'EC',
          crv: 'P-256',
          x: 'MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4',
          y: '4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM',
          alg: 'ES256',
          use: 'sig',
        },
      ],
    },
  })
  read(): Promise<JsonWebKeySetResponse> {
    return this.keys.jwks();
  }
}
