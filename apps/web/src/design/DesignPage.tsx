import { PageHeader } from '@tallyforge/ui/PageHeader'
import { Segmented } from '@tallyforge/ui/Segmented'
import { createLazyRoute } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { usePageTitle } from '../frame/page-title.ts'
import { type DesignTheme, designThemes } from '../search.ts'
import { applyTheme, readTheme } from '../theme.ts'
import { Actions } from './Actions.tsx'
import { DataDisplay } from './DataDisplay.tsx'
import { Feedback } from './Feedback.tsx'
import { Forms } from './Forms.tsx'
import { Foundations } from './Foundations.tsx'
import { vscodeSamples } from './vscode-samples.ts'

export const route = createLazyRoute('/design')({ component: DesignPage })

const words: Record<DesignTheme, string> = {
  light: 'Light',
  dark: 'Dark',
  'vscode-light': 'VS Code light',
  'vscode-dark': 'VS Code dark',
  'vscode-contrast': 'VS Code high contrast',
}

/** Every primitive in its states and in every theme: to be looked at while the design system grows. */
function DesignPage() {
  usePageTitle('Design system')
  const { theme = 'light' } = route.useSearch()
  const navigate = route.useNavigate()
  useEffect(() => showTheme(theme), [theme])
  return (
    <main className="mx-auto max-w-[1040px] px-4 py-8 md:px-8">
      <PageHeader title="Design system" context="The primitives of packages/ui in all their states." />
      <Segmented
        label="Theme"
        value={theme}
        options={designThemes.map((value) => ({ value, label: words[value] }))}
        onChange={(next) => void navigate({ search: { theme: next }, replace: true })}
        className="mt-4 mb-8 max-w-full overflow-x-auto"
      />
      <Part title="Foundations">
        <Foundations />
      </Part>
      <Part title="Actions">
        <Actions />
      </Part>
      <Part title="Forms">
        <Forms />
      </Part>
      <Part title="Data">
        <DataDisplay />
      </Part>
      <Part title="Feedback">
        <Feedback />
      </Part>
    </main>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section aria-label={title} className="mb-10">
      <h2 className="mb-3 font-semibold text-lg">{title}</h2>
      {children}
    </section>
  )
}

/** Sets the theme on the page for as long as it is shown. */
function showTheme(theme: DesignTheme) {
  const { style, dataset } = document.documentElement
  const sample = theme in vscodeSamples ? vscodeSamples[theme as keyof typeof vscodeSamples] : null
  dataset.theme = sample === null ? theme : 'vscode'
  const variables = Object.entries(sample?.colors ?? {})
  for (const [name, color] of variables) style.setProperty(`--vscode-${name}`, color)
  if (sample !== null) style.colorScheme = sample.scheme
  return () => {
    for (const [name] of variables) style.removeProperty(`--vscode-${name}`)
    style.removeProperty('color-scheme')
    applyTheme(readTheme())
  }
}
