import type { Dispatcher } from 'undici';
import { guardedAgents, guardedDispatcher } from '../../core/http/outbound/index.js';
import { InventoryError } from '../../core/providers/index.js';
import type { InventoryConnection } from '../../core/providers/index.js';
import type { IdentityPolicy } from './azure.credential.js';

/**
 * How the hosts are reached that a connection names itself: the endpoint of Resource Manager and the authority that gives tokens. Each
 * connection resolves its name once and passes the guard. Azure's own hosts are nobody's choice and are reached as ever.
 */
export class AzureConnections {
  /** Of the endpoint; undefined where it is Azure's own. */
  readonly dispatcher: Dispatcher | undefined;
  /** Of the authority; empty where it is Azure's own. */
  readonly policies: readonly IdentityPolicy[];
  private readonly agents: ReturnType<typeof guardedAgents> | undefined;
  private refusal: Error | undefined;

  constructor({ endpoint, credentials, outbound }: InventoryConnection) {
    const { authorityHost } = credentials;
    this.dispatcher = outbound && endpoint !== null ? guardedDispatcher(outbound) : undefined;
    this.agents = outbound && authorityHost ? guardedAgents(outbound) : undefined;
    this.policies = this.agents ? [this.through(this.agents)] : [];
  }

  /** The identity library keeps nothing of what its connection failed with; a refusal is what matters. */
  async told<T>(signIn: Promise<T>): Promise<T> {
    try {
      return await signIn;
    } catch (error) {
      throw this.refusal ?? error;
    }
  }

  async close(): Promise<void> {
    this.agents?.http.destroy();
    this.agents?.https.destroy();
    await this.dispatcher?.destroy();
  }

  private through(agents: ReturnType<typeof guardedAgents>): IdentityPolicy {
    return {
      position: 'perRetry',
      policy: {
        name: 'guardedAuthority',
        sendRequest: async (request, next) => {
          this.refusal = undefined;
          request.agent = request.url.startsWith('http:') ? agents.http : agents.https;
          try {
            return await next(request);
          } catch (error) {
            this.refusal = refusalOf(error);
            throw error;
          }
        },
      },
    };
  }
}

/** The SDK's pipeline keeps code and message of what the guard threw, and nothing else. */
function refusalOf(error: unknown): InventoryError | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  const refused = typeof error.code === 'string' && error.code.startsWith('OUTBOUND.');
  return refused ? new InventoryError('connection-invalid', 'azure', error.message) : undefined;
}
