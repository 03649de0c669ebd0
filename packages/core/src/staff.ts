/** Staff: people of the operator with rights over the whole platform, not of any org. `support` reads, `admin` writes too. */
export const staffLevels = ['support', 'admin'] as const
export type StaffLevel = (typeof staffLevels)[number]

/** Whether somebody of this level may do what asks for `needed`. */
export function staffMay(level: StaffLevel, needed: StaffLevel): boolean {
  return staffLevels.indexOf(level) >= staffLevels.indexOf(needed)
}

/** Rights over the whole platform end this long after a sign-in, whatever the session's own end is. */
export const staffSessionSeconds = 8 * 60 * 60
