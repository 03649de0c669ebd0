import * as esbuild from 'esbuild'

/**
 * Runs one piece of work of esbuild, whose one service serves the whole process. When that service has died (of a source that
 * overflowed it), the work is tried once more on a new one; a second death is the work's own doing and is thrown.
 */
export async function withCompiler<Result>(
  work: (compiler: typeof esbuild) => Promise<Result>,
): Promise<Result> {
  try {
    return await work(esbuild)
  } catch (error) {
    if (!isServiceDeath(error)) throw error
    await esbuild.stop()
    return await work(esbuild)
  }
}

function isServiceDeath(error: unknown): boolean {
  return (
    error instanceof Error && /service (?:was stopped|is no longer running)|write EPIPE/.test(error.message)
  )
}

/** What esbuild found wrong in the sources, or null when the error is another one (and ours). */
export function buildMessages(error: unknown): readonly esbuild.Message[] | null {
  if (isServiceDeath(error)) return []
  if (!(error instanceof Error) || !('errors' in error) || !Array.isArray(error.errors)) return null
  return error.errors
}
