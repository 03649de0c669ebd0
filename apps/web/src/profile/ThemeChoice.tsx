import { Segmented } from '@tallyforge/ui/Segmented'
import { applyTheme, themeOptions, useTheme } from '../theme.ts'

export function ThemeChoice() {
  const theme = useTheme()
  return <Segmented label="Theme" value={theme} options={themeOptions} onChange={applyTheme} />
}
