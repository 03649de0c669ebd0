/** Where this device keeps the unsaved edits of a version. */
const keyOf = (versionId: string) => `edits:${versionId}`

/** Keeps changed files of a version on this device. False when they do not fit. */
export function keepEdits(versionId: string, changes: Readonly<Record<string, string>>): boolean {
  if (Object.keys(changes).length === 0) {
    forgetEdits(versionId)
    return true
  }
  try {
    localStorage.setItem(keyOf(versionId), JSON.stringify(changes))
    return true
  } catch {
    // What was kept before would come back as if it were the last.
    forgetEdits(versionId)
    return false
  }
}

/** What was kept, by path; nothing for what is not ours. */
export function readEdits(versionId: string): Record<string, string> {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(versionId)) ?? '{}')
    if (typeof stored !== 'object' || stored === null || Array.isArray(stored)) return {}
    return Object.fromEntries(
      Object.entries(stored).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    )
  } catch {
    return {}
  }
}

export function forgetEdits(versionId: string): void {
  localStorage.removeItem(keyOf(versionId))
}
