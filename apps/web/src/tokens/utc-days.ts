const months = new Intl.DateTimeFormat('en-US', { month: 'long', year: 'numeric', timeZone: 'UTC' })
const days = new Intl.DateTimeFormat('en-US', { month: 'long', day: 'numeric', timeZone: 'UTC' })
const ticks = new Intl.DateTimeFormat('en-US', { month: 'short', day: 'numeric', timeZone: 'UTC' })
const whole = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium', timeZone: 'UTC' })

/** `2026-03` → `March 2026` */
export const monthText = (month: string) => months.format(new Date(`${month}-01T00:00:00Z`))
/** `2026-03-31` → `March 31` */
export const dayText = (date: string) => days.format(new Date(`${date}T00:00:00Z`))
/** `2026-03-31` → `Mar 31` */
export const dayTick = (date: string) => ticks.format(new Date(`${date}T00:00:00Z`))
/** `2026-03-31` → `Mar 31, 2026` */
export const dayWithYear = (date: string) => whole.format(new Date(`${date}T00:00:00Z`))
