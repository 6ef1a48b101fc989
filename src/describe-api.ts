import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { completeDocument, Problem, publishValidation } from './core/http/index.js';

export function describeApi(app: INestApplication): OpenAPIObject {
  publishValidation();
  const head = new DocumentBuilder()
    .setTitle('DriftGuard')
    .setDescription(
      'Finds, explains and closes the gap between declared and running infrastructure. Errors are RFC 9457 problem details; see docs/errors.md.',
    )
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth()
    .build();
  return completeDocument(SwaggerModule.createDocument(app, head, { extraModels: [Problem] }));
}
