/** Which organizations work is done for. The organizations module implements it. */
export abstract class ActiveOrganizations {
  /** False for an organization that is gone, too. */
  abstract isActive(organizationId: string): Promise<boolean>;
}
