import type { Cli } from '../cli.ts'

/** Ends this device's session at the server and forgets its token. Without one there is nothing to end. */
export async function logout(cli: Cli): Promise<void> {
  const { origin, client, token } = await cli.server()
  if (token !== null) await client.auth.signOut.mutate()
  await cli.file.removeToken(origin)
  cli.out.result({ server: origin }, `Signed out at ${origin}.`)
}
