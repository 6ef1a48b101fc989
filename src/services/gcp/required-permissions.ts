/** What IAM asks for each call of the inventory; a test compares the calls with those in this folder. */
export const REQUIRED_PERMISSIONS = [
  {
    call: 'cloudasset:ListAssets',
    part: 'listing',
    permissions: [
      'cloudasset.assets.listResource',
      'cloudasset.assets.listIamPolicy',
      'serviceusage.services.use',
    ],
  },
  {
    call: 'cloudasset:BatchGetAssetsHistory',
    part: 'who',
    permissions: ['cloudasset.assets.exportResource'],
  },
  {
    call: 'logging:ListLogEntries',
    part: 'who',
    permissions: ['logging.logEntries.list'],
  },
] as const;
