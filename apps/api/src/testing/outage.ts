import { databaseUrl } from '@tallyforge/db/testing'
import postgres from 'postgres'

/** Takes a test database away from the application: its connections die, and new ones are refused. Returns the way back. */
export async function cutDatabase(url: string): Promise<() => Promise<void>> {
  const server = postgres(databaseUrl(url, 'postgres'), { max: 1, onnotice: () => undefined })
  const name = new URL(url).pathname.slice(1)
  await server`alter database ${server(name)} allow_connections false`
  await server`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = ${name} and application_name = 'tallyforge'`
  return async () => {
    await server`alter database ${server(name)} allow_connections true`
    await server.end()
  }
}
