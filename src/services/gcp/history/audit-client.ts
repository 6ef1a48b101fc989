import type { ChangeClient } from '../../../core/providers/index.js';

/** Tools that apply code; the provider of Terraform names itself beside the tool. */
const IAC =
  /terraform|opentofu|hashicorp|pulumi|crossplane|config-?connector|\bkcc\/|google-deployment-manager|ansible/i;
const CLI = /google-cloud-sdk|\bgcloud\b|gsutil|\bbq\/|cloud ?shell|powershell/i;
/** The console is a page in a browser that calls by itself. */
const CONSOLE = /^mozilla\//i;
const SDK =
  /google-api|google-cloud|gl-(?:go|java|node|python|dotnet|php|ruby)|gcloud-|grpc|apitools|boto|curl|python-requests|okhttp|axios/i;
/** Programs that follow a wish kept elsewhere. */
const CONTROLLER =
  /cluster-autoscaler|kube-controller|glbc|gke-|cloud-provider|gcp-controller|csi-driver|GCE_CSI/i;
/** Accounts of Google's own services: https://cloud.google.com/iam/docs/service-account-types#service-agents */
const SERVICE_AGENT =
  /^service-\d+@|@cloudservices\.gserviceaccount\.com$|@system\.gserviceaccount\.com$|^system@google\.com$/;

/** Through what a call was made, by `requestMetadata.callerSuppliedUserAgent` and the principal. */
export function clientOf(agent: string, actor: string | null): ChangeClient {
  if (IAC.test(agent)) return 'iac';
  if (SERVICE_AGENT.test(actor ?? '') || CONTROLLER.test(agent)) return 'controller';
  if (CLI.test(agent)) return 'cli';
  if (CONSOLE.test(agent)) return 'console';
  return SDK.test(agent) ? 'api' : 'unknown';
}
