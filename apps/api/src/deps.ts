import type { Database } from '@tallyforge/db/client'
import type { Logger } from 'pino'
import type { PasswordHasher } from './auth/passwords.ts'
import type { SessionStore } from './auth/sessions.ts'
import type { Throttle } from './auth/throttle.ts'
import type { Env } from './env.ts'
import type { ModelCatalog } from './models/catalog.ts'
import type { Engine } from './plugins/generations/engine.ts'
import type { Hub } from './plugins/generations/hub.ts'
import type { Watchers } from './plugins/generations/watchers.ts'

/** Everything the slices need from outside: made once in main.ts (or by a test) and passed along. */
export type Deps = {
  env: Env
  log: Logger
  clock: () => Date
  db: Database
  sessions: SessionStore
  passwords: PasswordHasher
  throttle: Throttle
  models: ModelCatalog
  hub: Hub
  watchers: Watchers
  engine: Engine
}
