import {
  CloudFormationClient,
  DescribeStacksCommand,
  GetTemplateCommand,
  paginateListStackResources,
  paginateListStacks,
  type Stack,
  StackStatus,
} from '@aws-sdk/client-cloudformation';
import {
  type SourceDocument,
  type StateSource,
  StateSourceError,
  type StateSourceFactory,
} from '../../../core/providers/index.js';
import { AWS_CREDENTIALS, AWS_PARAMETERS, awsAccess } from './aws-access.js';
import { awsFailure } from './aws-failures.js';
import { BufferedDocument, type Fetched } from './transfer/buffered-document.js';
import { only } from './transfer/documents.js';

const STACK_NAME = /^[A-Za-z][A-Za-z0-9-]{0,127}$/;
const RIGHTS = 'cloudformation:DescribeStacks, GetTemplate and ListStackResources';
/** How CloudFormation shows a parameter with `NoEcho`. */
const MASKED = /^\*+$/;
const GONE: readonly string[] = [
  StackStatus.DELETE_COMPLETE,
  StackStatus.DELETE_IN_PROGRESS,
  StackStatus.REVIEW_IN_PROGRESS,
];

/**
 * Stacks as CloudFormation itself holds them: the processed template (macros and transforms applied), the parameter values and the
 * physical ids. `cfn://REGION/` without a stack reads every stack of the region.
 */
export const cloudFormationSource: StateSourceFactory = {
  location: 'cloudformation',
  form: 'cfn://region/stack',
  parameters: AWS_PARAMETERS.filter((one) => one !== 'region'),
  credentials: AWS_CREDENTIALS,
  matches: (scheme) => scheme === 'cfn',
  open(request): StateSource {
    const region = request.url.host;
    const stack = decodeURIComponent(request.url.pathname.slice(1));
    const source = `cfn://${region}/${stack}`;
    if (stack !== '' && !STACK_NAME.test(stack)) {
      throw new StateSourceError('url-invalid', source, 'it is written cfn://region/stack-name.');
    }
    const aws = awsAccess(request, source, region);
    const stacks = new Stacks(
      new CloudFormationClient(aws.settings),
      region,
      request.access.maxBytes,
    );
    return {
      description: source,
      documents: (signal) =>
        stack === '' ? stacks.all(source, signal) : only(stacks.document(stack, true)),
      close: () => {
        stacks.client.destroy();
        aws.close();
        return Promise.resolve();
      },
    };
  },
};

class Stacks {
  constructor(
    readonly client: CloudFormationClient,
    private readonly region: string,
    private readonly maxBytes: number,
  ) {}

  document(name: string, named: boolean): SourceDocument {
    const source = `cfn://${this.region}/${name}`;
    const fetch = async (signal: AbortSignal): Promise<Fetched> => {
      try {
        return await this.#fetch(source, name, signal);
      } catch (error) {
        throw awsFailure(source, error, `${RIGHTS} on the stack`, signal);
      }
    };
    return new BufferedDocument(source, fetch, { kind: 'cloudformation', stackName: name }, named);
  }

  async *all(source: string, signal: AbortSignal): AsyncGenerator<SourceDocument> {
    let found = 0;
    try {
      for await (const { StackSummaries: stacks = [] } of paginateListStacks(this, {})) {
        signal.throwIfAborted();
        for (const { StackName: name = '', StackStatus: status = '' } of stacks) {
          if (name === '' || GONE.includes(status)) continue;
          found += 1;
          yield this.document(name, true);
        }
      }
    } catch (error) {
      throw awsFailure(source, error, 'cloudformation:ListStacks', signal);
    }
    if (found === 0) throw new StateSourceError('missing', source, 'the region has no stack.');
  }

  /** Reads the stack again at the end: an update in between would mix the old template with the new ids. */
  async #fetch(source: string, name: string, signal: AbortSignal): Promise<Fetched> {
    const before = await this.#describe(source, name, signal);
    const template = await this.client.send(
      new GetTemplateCommand({ StackName: name, TemplateStage: 'Processed' }),
      { abortSignal: signal },
    );
    const physicalIds: Record<string, string> = {};
    for await (const page of paginateListStackResources(this, { StackName: name })) {
      signal.throwIfAborted();
      for (const {
        LogicalResourceId: logical,
        PhysicalResourceId: physical,
      } of page.StackResourceSummaries ?? []) {
        if (logical && physical) physicalIds[logical] = physical;
      }
    }
    const after = await this.#describe(source, name, signal);
    if (versionOf(before) !== versionOf(after)) {
      throw new StateSourceError('changed', source, 'the stack was updated while it was read.');
    }
    const content = Buffer.from(template.TemplateBody ?? '');
    if (content.length > this.maxBytes) {
      throw new StateSourceError('too-large', source, 'its template is larger than allowed here.');
    }
    return {
      content,
      version: versionOf(after),
      facts: {
        stackId: after.StackId ?? '',
        region: this.region,
        ...accountOf(after.StackId),
        parameters: parametersOf(after),
        physicalIds,
      },
    };
  }

  async #describe(source: string, name: string, signal: AbortSignal): Promise<Stack> {
    try {
      const answer = await this.client.send(new DescribeStacksCommand({ StackName: name }), {
        abortSignal: signal,
      });
      const [stack] = answer.Stacks ?? [];
      if (stack !== undefined) return stack;
    } catch (error) {
      // CloudFormation has no code of its own for it.
      if (!(error instanceof Error) || error.name !== 'ValidationError') throw error;
    }
    throw new StateSourceError(
      'missing',
      source,
      `there is no stack of this name in ${this.region}. Check the name, the region and the account.`,
    );
  }
}

function versionOf({ LastUpdatedTime, CreationTime, StackStatus: status }: Stack): string {
  return `${(LastUpdatedTime ?? CreationTime)?.toISOString() ?? ''} ${status ?? ''}`.trim();
}

function accountOf(stackId: string | undefined): { accountId?: string } {
  const accountId = stackId?.split(':')[4];
  return accountId ? { accountId } : {};
}

/** Secret ones are left out: what uses them is reported as unresolved, not guessed. */
function parametersOf({ Parameters: parameters = [] }: Stack): Record<string, string> {
  return Object.fromEntries(
    parameters.flatMap(({ ParameterKey: key, ParameterValue: given, ResolvedValue: resolved }) => {
      const value = resolved ?? given;
      return key === undefined || value === undefined || MASKED.test(value) ? [] : [[key, value]];
    }),
  );
}
