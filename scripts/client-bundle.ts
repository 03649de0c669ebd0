import type { Plugin } from 'vite'

/** What only a server has: drivers, its framework, and the sources of ours that run there. */
const serverModule =
  /[\\/]node_modules[\\/](?:postgres|fastify|@fastify[\\/][^\\/]+|drizzle-orm|pino|lucia|ai|@ai-sdk[\\/][^\\/]+)[\\/]|[\\/](?:apps[\\/](?:api|sandbox)|packages[\\/]db)[\\/]src[\\/]/

/** The modules among these that belong to the server. Types leave no module behind, so an `import type` is none. */
export function serverModules(ids: Iterable<string>): string[] {
  return [...ids].filter((id) => serverModule.test(id.startsWith('/') ? id : `/${id}`))
}

/** @throws Error that names what got into a client. */
export function refuseServerModules(client: string, ids: Iterable<string>): void {
  const found = serverModules(ids)
  if (found.length === 0) return
  throw new Error(
    `${client} must not carry the server's code, and it imports:\n${found.join('\n')}\nImport types only (\`import type\`), or move what both need to packages/core.`,
  )
}

/** Fails a build of Vite when a module of the server is in what it writes. */
export function withoutServerCode(client: string): Plugin {
  return {
    name: 'without-server-code',
    generateBundle: (_, bundle) => {
      const ids = Object.values(bundle).flatMap((file) =>
        file.type === 'chunk' ? Object.keys(file.modules) : [],
      )
      refuseServerModules(client, ids)
    },
  }
}
