import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { loadDotEnv, root, startNode, toolEntry } from './processes.ts'

/** `pnpm start`: the API with the built web app, for production. Takes its settings from the environment and `.env`. */
loadDotEnv()
const web = join(root, 'apps/web')
const folder = process.env.WEB_FOLDER ?? join(web, 'dist')
const isBuilt = await access(join(folder, 'index.html')).then(
  () => true,
  () => false,
)
if (!isBuilt) {
  const build = startNode(toolEntry('vite', 'bin/vite.js', web), ['build', '--logLevel', 'warn'], {
    cwd: web,
  })
  await new Promise((resolve) => build.once('exit', resolve))
}
const api = startNode('src/main.ts', [], {
  cwd: join(root, 'apps/api'),
  env: { NODE_ENV: process.env.NODE_ENV ?? 'production', WEB_FOLDER: folder },
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => api.kill(signal))
api.once('exit', (code) => {
  process.exitCode = code ?? 0
})
