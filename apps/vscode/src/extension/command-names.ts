/** Every command of the extension, after `tallyforge.`: the manifest declares these and no others. */
export const commandNames = [
  'signIn',
  'signOut',
  'copyCode',
  'chooseOrg',
  'open',
  'openTokens',
  'showPlugin',
  'create',
  'refine',
  'install',
  'uninstall',
  'openWorkspace',
  'apply',
  'compare',
  'restore',
  'openDashboard',
  'openSettings',
  'checkServer',
  'showLog',
  'refresh',
  'loadMore',
] as const

export type CommandName = (typeof commandNames)[number]
