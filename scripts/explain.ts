import { DatabaseNotUsable } from '@tallyforge/db/migrate'

/** A failure of a script as one clear line and the line that mends it, without a stack. */
export function explainFailure(error: unknown): string {
  if (error instanceof DatabaseNotUsable) return `${error.message}\n  fix: ${error.fix}`
  if (!(error instanceof Error)) return String(error)
  const code = 'code' in error ? String(error.code) : ''
  if (code === 'EACCES' || code === 'EPERM')
    return `${error.message}\n  fix: make the folder writable for this user, or run from a folder that is`
  if (code === 'ENOSPC') return `${error.message}\n  fix: free some space on the disk`
  if (code === 'EROFS') return `${error.message}\n  fix: run from a folder that can be written`
  return error.message
}
