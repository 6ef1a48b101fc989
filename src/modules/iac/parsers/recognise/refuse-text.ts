import type { DomainError } from '../../../../core/errors/index.js';
import { refusal } from '../parse.errors.js';

const HCL_BLOCK =
  /^\s*(?:(?:terraform|locals|moved|import|removed)|(?:provider|module|variable|output|check)\s+"[^"\n]*"|(?:resource|data|ephemeral)\s+"[^"\n]*"\s+"[^"\n]*")\s*\{/m;
const HCL_ASSIGNMENT = /^[A-Za-z_][\w-]*\s*=\s*\S/;
const PLAN_OUTPUT =
  /^(?:Terraform|OpenTofu) (?:will perform|used the selected providers)|^No changes\. /m;
const COMMENT = /^\s*(?:#|\/\/)/;

/** The first line that says something. */
function firstLine(head: string): string {
  return head.split('\n').find((line) => line.trim() !== '' && !COMMENT.test(line)) ?? '';
}

/** Texts that people hand in by mistake, each with what to hand in instead; null when it is none of them. */
export function textMistake(head: string, file: string): DomainError | null {
  if (PLAN_OUTPUT.test(head)) {
    return refusal(
      'HUMAN_PLAN',
      file,
      'this is the plan as printed for people',
      'Run `terraform plan -out=PLANFILE` and `terraform show -json PLANFILE > plan.json`, and give plan.json',
    );
  }
  if (HCL_BLOCK.test(head)) {
    return refusal(
      'HCL_SOURCE',
      file,
      'this is Terraform source code, which does not say what was created',
      'Give the state (`terraform state pull > state.json`) or a plan (`terraform show -json PLANFILE`)',
    );
  }
  if (HCL_ASSIGNMENT.test(firstLine(head))) {
    return refusal(
      'TFVARS',
      file,
      'this looks like variable values (.tfvars), which declare no resource',
      'Give the state (`terraform state pull > state.json`) or a plan (`terraform show -json PLANFILE`)',
    );
  }
  return null;
}

/** JSON documents of neighbours, recognised by their keys. */
export function jsonMistake(keys: readonly string[], file: string): DomainError | null {
  const has = (key: string): boolean => keys.includes(key);
  if (has('@level') || has('@message')) {
    return refusal(
      'PLAN_LOG',
      file,
      'this is the log of `terraform plan -json`, not the plan',
      'Run `terraform plan -out=PLANFILE` and `terraform show -json PLANFILE > plan.json`, and give plan.json',
    );
  }
  if (has('contentVersion') && has('$schema')) {
    return refusal(
      'ARM_TEMPLATE',
      file,
      'this is an Azure Resource Manager template, which is not read yet',
      'Give a Terraform state or plan of the same resources',
    );
  }
  return null;
}
