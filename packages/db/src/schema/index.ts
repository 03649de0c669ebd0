// The one barrel of the project: Drizzle wants the whole schema as one namespace.
// biome-ignore-all lint/performance/noBarrelFile: see above
export { app } from './app.ts'
export { auth, deviceSignIns, type SessionKind, sessions, users } from './auth.ts'
export { generationEvents, generations, usageRecords } from './generations.ts'
export { memberships, orgs } from './orgs.ts'
export { files, pluginLocks, plugins, versionFiles, versions } from './plugins.ts'
export { appLedger, appOwner, appService, appUser } from './policies.ts'
export {
  type AccountKind,
  accountKinds,
  accounts,
  entries,
  grants,
  holds,
  priceBooks,
  transfers,
} from './tokens.ts'
