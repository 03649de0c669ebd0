import postgres from 'postgres'
import { inject } from 'vitest'

/** Takes a test database away from the application: its connections die, and new ones are refused. Returns the way back. */
export async function cutDatabase(databaseUrl: string): Promise<() => Promise<void>> {
  const server = postgres(inject('databaseServer'), { max: 1, onnotice: () => undefined })
  const name = new URL(databaseUrl).pathname.slice(1)
  await server`alter database ${server(name)} allow_connections false`
  await server`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = ${name} and application_name = 'tallyforge'`
  return async () => {
    await server`alter database ${server(name)} allow_connections true`
    await server.end()
  }
}
