import { OrganizationSettings } from './organization-settings.entity.js';
import { Organization } from './organization.entity.js';
import { User } from './user.entity.js';

export { Organization, OrganizationSettings, User };
export const organizationEntities = [Organization, OrganizationSettings, User] as const;
