import { connect } from '@tallyforge/db/client'
import type { Logger } from 'pino'
import { createPasswordHasher } from './auth/passwords.ts'
import { createSessionStore } from './auth/sessions.ts'
import { createThrottle } from './auth/throttle.ts'
import type { Deps } from './deps.ts'
import type { Env } from './env.ts'
import { createCatalog } from './models/catalog.ts'
import { createEngine } from './plugins/generations/engine.ts'
import { createHub } from './plugins/generations/hub.ts'
import { createWatchers } from './plugins/generations/watchers.ts'

/** Makes everything the slices need, from the settings. `close` lets go of it in the right order. */
export async function buildDeps(env: Env, log: Logger): Promise<{ deps: Deps; close: () => Promise<void> }> {
  const clock = () => new Date()
  const db = connect({ url: env.DATABASE_URL, secretKey: env.SECRET_KEY })
  const hub = await createHub(db)
  const sessions = createSessionStore(db.service, { isSecure: env.PUBLIC_URL.startsWith('https:'), clock })
  const models = createCatalog(env)
  const engine = createEngine({ db, env, models, log, hub })
  const deps: Deps = {
    env,
    log,
    clock,
    db,
    hub,
    models,
    engine,
    sessions,
    watchers: createWatchers({ db, sessions }),
    passwords: await createPasswordHasher(),
    throttle: createThrottle({ callsPerMinute: env.CALLS_PER_MINUTE, signUpsPerHour: env.SIGN_UPS_PER_HOUR }),
  }
  return {
    deps,
    close: async () => {
      await engine.stop()
      await db.close()
    },
  }
}
