import { adminRouter } from './admin/router.ts'
import { authRouter } from './auth/router.ts'
import { modelsRouter } from './models/router.ts'
import { pluginsRouter } from './plugins/router.ts'
import { tokensRouter } from './tokens/router.ts'
import { router } from './trpc.ts'

/** The one tree: the contract of the web app, the VS Code panel, the CLI and the end-to-end tests. */
export const appRouter = router({
  admin: router(adminRouter),
  auth: router(authRouter),
  models: router(modelsRouter),
  plugins: router(pluginsRouter),
  tokens: router(tokensRouter),
})

export type AppRouter = typeof appRouter
