import { resolve } from 'node:path'
import type { Cli } from '../cli.ts'
import type { SignedIn } from '../connection.ts'
import { CliError } from '../failure.ts'
import { pagesOf } from '../pages.ts'
import { download, save } from '../vsix.ts'

type Options = { versionNumber?: number; sources?: boolean; output?: string; force?: boolean }

/** Saves a version's `.vsix`, or its sources. A file that is there stays unless told otherwise. */
export async function downloadPlugin(cli: Cli, pluginId: string, options: Options): Promise<void> {
  const connection = await cli.signedIn()
  const version = await findVersion(connection, pluginId, options.versionNumber)
  const file = await download(
    connection,
    version.id,
    options.sources ? 'sources' : 'vsix',
    cli.io.interrupted,
  )
  const path = resolve(cli.io.cwd, options.output ?? file.fileName)
  await save(path, file, options.force ?? false)
  cli.out.result({ path, bytes: file.bytes.byteLength, version: version.number }, path)
}

async function findVersion(
  { client, org }: SignedIn,
  pluginId: string,
  number: number | undefined,
): Promise<{ id: string; number: number }> {
  const orgId = org.id
  if (number === undefined) {
    const { readyVersion } = await client.plugins.byId.query({ orgId, pluginId })
    if (readyVersion === null) throw new CliError('This plugin has no version that is ready.')
    return readyVersion
  }
  const pages = pagesOf((page) => client.plugins.versions.query({ orgId, pluginId, ...page }), {
    limit: Number.POSITIVE_INFINITY,
    pageSize: 100,
  })
  for await (const versions of pages) {
    const version = versions.find((each) => each.number === number)
    if (version !== undefined) return version
  }
  throw new CliError(`This plugin has no version ${number}.`)
}
