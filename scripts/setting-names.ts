/** Letters that one name needs to become the other: changed, added or left out. */
function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (const [above, letter] of [...one].entries()) {
    const next = [above + 1]
    for (const [left, wanted] of [...other].entries()) {
      const changed = (row[left] ?? 0) + (letter === wanted ? 0 : 1)
      next.push(Math.min(changed, (row[left + 1] ?? 0) + 1, (next[left] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}

/** Short names are near to each other by chance. */
const nearestLength = 6

/**
 * The setting that somebody meant by a name that is none: `OPENROUTER_API_KEY` for `OPENROUTER_KEY` (words of it are
 * missing) and for `OPENROUTER_API_KEI` (two letters at most are wrong). Null for a setting, and for what is far from all.
 */
export function meantSetting(name: string, settings: readonly string[]): string | null {
  if (settings.includes(name)) return null
  const words = name.toUpperCase().split(/[_\-.]+/)
  const byWords = settings.find((setting) => {
    const wanted = setting.split('_')
    return words.length > 1 && words[0] === wanted[0] && words.every((word) => wanted.includes(word))
  })
  if (byWords !== undefined) return byWords
  if (name.length < nearestLength) return null
  return settings.find((setting) => distance(name.toUpperCase(), setting) <= 2) ?? null
}
