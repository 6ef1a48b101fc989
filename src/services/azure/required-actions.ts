/** Role actions for what the inventory calls besides `<type>/read` of each type; a test compares it with the paths in this folder. */
export const REQUIRED_ACTIONS = [
  {
    call: 'Microsoft.ResourceGraph/resources',
    part: 'listing',
    actions: ['Microsoft.ResourceGraph/resources/read'],
  },
  {
    call: 'Microsoft.Authorization/permissions',
    part: 'listing',
    actions: ['Microsoft.Authorization/permissions/read'],
  },
  {
    call: '/providers/',
    part: 'listing',
    actions: [
      'Microsoft.Resources/subscriptions/read',
      'Microsoft.Resources/subscriptions/providers/read',
      'Microsoft.Resources/subscriptions/resourceGroups/read',
    ],
  },
  { call: 'resourcechanges', part: 'who', actions: ['Microsoft.Resources/changes/read'] },
] as const;
