import { join } from 'node:path'
import { freePort } from '@tallyforge/db/embedded'
import { migrate } from '@tallyforge/db/migrate'
import { openDatabase } from './database.ts'
import { makeDemoPlugins } from './demo-plugins.ts'
import { explainFailure } from './explain.ts'
import { endAll, root, startNode, untilAnswers } from './processes.ts'
import { findRunning } from './running.ts'
import { demoAccount, seed } from './seed-data.ts'

/** `pnpm seed`: migrates, and adds the demo account and its example plugins if they are missing. */
async function main(): Promise<void> {
  const { url, secretKey, close } = await openDatabase()
  try {
    await migrate({ url, secretKey, mayReplaceKey: process.env.REPLACE_SECRET_KEY === 'true' })
    const isNew = await seed({ databaseUrl: url, secretKey })
    process.stdout.write(
      `${isNew ? 'Made' : 'Already there:'} ${demoAccount.email}  ${demoAccount.password}\n`,
    )
    const hasPlugins = await withServer({ databaseUrl: url, secretKey }, makeDemoPlugins)
    process.stdout.write(
      hasPlugins
        ? 'Its example plugins are there.\n'
        : 'Its password was changed, so no example plugins were made.\n',
    )
  } finally {
    await close()
  }
}

type Server = { api: string; publicUrl: string }

/** The server that runs here; else one for the moment, which knows the stand-in and no provider. */
async function withServer<Result>(
  target: { databaseUrl: string; secretKey: string },
  work: (server: Server) => Promise<Result>,
): Promise<Result> {
  const running = await findRunning()
  if (running?.ports !== undefined) {
    const { PORT, WEB_PORT } = running.ports
    return work({
      api: `http://127.0.0.1:${PORT}`,
      publicUrl: process.env.PUBLIC_URL ?? `http://localhost:${WEB_PORT}`,
    })
  }
  const sandboxPort = await freePort(34_900)
  const apiPort = await freePort(sandboxPort + 1)
  const [sandboxUrl, api] = [`http://127.0.0.1:${sandboxPort}`, `http://127.0.0.1:${apiPort}`]
  const sandbox = startNode('src/main.ts', [], {
    cwd: join(root, 'apps/sandbox'),
    env: { PORT: String(sandboxPort) },
    quiet: true,
  })
  const server = startNode('src/main.ts', [], {
    cwd: join(root, 'apps/api'),
    env: {
      NODE_ENV: 'development',
      DATABASE_URL: target.databaseUrl,
      SECRET_KEY: target.secretKey,
      PORT: String(apiPort),
      PUBLIC_URL: api,
      SANDBOX_MODELS_URL: `${sandboxUrl}/v1`,
      MODELS: '',
      MODEL_FALLBACK: '',
      LOG_LEVEL: 'warn',
      SHUTDOWN_SECONDS: '1',
    },
  })
  try {
    await Promise.all([untilAnswers(`${sandboxUrl}/healthz`, sandbox), untilAnswers(`${api}/readyz`, server)])
    return await work({ api, publicUrl: api })
  } finally {
    await endAll([sandbox, server])
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${explainFailure(error)}\n`)
  process.exitCode = 1
})
