/** Light, dark, or what the system says. Kept on this device only. */
export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

export const readTheme = (): Theme =>
  themes.find((theme) => theme === localStorage.getItem('theme')) ?? 'system'

export function applyTheme(theme: Theme) {
  localStorage.setItem('theme', theme)
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
}
