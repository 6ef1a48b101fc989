import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { type DiscoveryService, MetadataScanner, type Reflector } from '@nestjs/core';
import { AUDITED, type AuditedAs } from '../audit/index.js';
import type { Permission } from '../context/index.js';
import { OPERATOR_ONLY, PERMISSION, PUBLIC, STEP_UP } from './access.decorators.js';

export interface HandlerAccess {
  /** `DriftsController.resolve` */
  readonly handler: string;
  readonly method: string;
  readonly path: string;
  /** Null for a handler that declares nothing. */
  readonly access: Permission | 'public' | 'operator' | null;
  /** How the audit log names a call; null for a handler that is not audited. */
  readonly audited: string | null;
  /** Whether a caller with a second factor must have proven it within minutes. */
  readonly stepUp: boolean;
}

type Handler = (...args: unknown[]) => unknown;

/** Every HTTP handler of the application with what it declares, in order of path and method. */
export function listHandlerAccess(
  discovery: DiscoveryService,
  reflector: Reflector,
): HandlerAccess[] {
  const scanner = new MetadataScanner();
  const found: HandlerAccess[] = [];
  for (const { metatype } of discovery.getControllers()) {
    if (typeof metatype !== 'function') continue;
    const controller = metatype as { readonly name: string; readonly prototype: object };
    const base = pathOf(metatype);
    for (const name of scanner.getAllMethodNames(controller.prototype)) {
      const handler = (controller.prototype as Record<string, Handler>)[name];
      if (handler === undefined) continue;
      const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
      if (method === undefined) continue;
      const targets = [handler, metatype] as Parameters<Reflector['getAllAndOverride']>[1];
      const isPublic = reflector.getAllAndOverride<boolean | undefined>(PUBLIC, targets);
      const isOperators = reflector.getAllAndOverride<boolean | undefined>(OPERATOR_ONLY, targets);
      const permission = reflector.getAllAndOverride<Permission | undefined>(PERMISSION, targets);
      found.push({
        handler: `${controller.name}.${name}`,
        method: RequestMethod[method],
        path: `/${[base, pathOf(handler)].filter((part) => part !== '').join('/')}`,
        access: permission ?? (isPublic ? 'public' : isOperators ? 'operator' : null),
        audited: reflector.get<AuditedAs | undefined>(AUDITED, handler)?.action ?? null,
        stepUp: reflector.getAllAndOverride<boolean | undefined>(STEP_UP, targets) === true,
      });
    }
  }
  return found.sort((one, other) =>
    `${one.path} ${one.method}` < `${other.path} ${other.method}` ? -1 : 1,
  );
}

/** @throws Error that names every handler without a declaration it needs; it stops the boot. */
export function assertEveryHandlerDeclared(handlers: readonly HandlerAccess[]): void {
  const undeclared = handlers.filter((one) => one.access === null);
  if (undeclared.length > 0) {
    throw new Error(
      `These handlers declare neither @RequirePermission('…') nor @Public(): ${namesOf(undeclared)}`,
    );
  }
  // What the public and operators change is recorded by the services, in the organization it turns out to be about.
  const unaudited = handlers.filter(
    ({ method, access, audited }) =>
      method !== 'GET' && access !== 'public' && access !== 'operator' && audited === null,
  );
  if (unaudited.length > 0) {
    throw new Error(`These handlers change something without @Audited(…): ${namesOf(unaudited)}`);
  }
}

function namesOf(handlers: readonly HandlerAccess[]): string {
  return handlers.map((one) => one.handler).join(', ');
}

function pathOf(target: object): string {
  const path = Reflect.getMetadata(PATH_METADATA, target) as string | string[] | undefined;
  const first = Array.isArray(path) ? (path[0] ?? '') : (path ?? '');
  return first.replace(/^\/+|\/+$/g, '');
}
