import type { Cli } from '../cli.ts'

/** Ends the session at the server, and forgets the token if it was kept here. Without one there is nothing to end. */
export async function logout(cli: Cli): Promise<void> {
  const { origin, client, token, isKept } = await cli.server()
  if (token !== null) await client.auth.signOut.mutate()
  if (isKept) await cli.file.removeToken(origin)
  cli.out.result({ server: origin }, `Signed out at ${origin}.`)
}
