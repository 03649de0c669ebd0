import { join } from 'node:path'
import { startEmbedded } from '@tallyforge/db/embedded'
import { readPort } from './ports.ts'
import { dataFolder, developmentSecret, fallbackFolder, loadDotEnv } from './processes.ts'

export type ProjectDatabase = { url: string; secretKey: string; close: () => Promise<void> }

/** The database of this checkout: DATABASE_URL, or the embedded server, started for the moment if it does not run. */
export async function openDatabase(): Promise<ProjectDatabase> {
  loadDotEnv()
  const secretKey = process.env.SECRET_KEY ?? (await developmentSecret())
  if (process.env.DATABASE_URL)
    return { url: process.env.DATABASE_URL, secretKey, close: async () => undefined }
  const server = await startEmbedded({
    dataFolder: join(dataFolder, 'postgres'),
    port: readPort('POSTGRES_PORT'),
    fallbackFolder,
  })
  return { url: server.url, secretKey, close: async () => (server.wasRunning ? undefined : server.stop()) }
}
