import type { Page } from '@playwright/test'
import { createClient } from '@tallyforge/client/client'
import type { Person } from './person.ts'

export const panelThemes = ['dark', 'light', 'contrast', 'contrast-light'] as const
export type PanelTheme = (typeof panelThemes)[number]

type PanelOptions = {
  theme?: PanelTheme
  /** Of the side bar, in pixels. */
  width?: number
  /** Of another server than the run's own. */
  origin?: string
  /** What the page plays of VS Code: `folder=none`, `trust=no`, `check=unreachable`. */
  play?: Record<string, string>
}

/** Opens the panel as VS Code would show it to somebody who is signed in. */
export async function openPanel(page: Page, person: Person, options: PanelOptions = {}) {
  await openPanelPage(page, { ...options, play: { ...options.play, token: await deviceToken(person) } })
}

/** The same without a session. */
export async function openPanelPage(
  page: Page,
  { theme = 'dark', width = 300, play = {}, origin = '' }: PanelOptions = {},
) {
  await page.setViewportSize({ width, height: 900 })
  await page.goto(`${origin}/panel-page/index.html?${new URLSearchParams({ theme, ...play })}`)
  // What the host says before the panel listens is lost.
  await page.getByRole('main').waitFor()
}

/** Lets a device of this person in, and returns the token that it got. */
async function deviceToken({ client, origin }: Person): Promise<string> {
  const device = createClient({ url: `${origin}/trpc` })
  const { deviceCode, userCode } = await device.auth.device.start.mutate({ label: 'The panel in a test' })
  await client.auth.device.approve.mutate({ userCode })
  const answer = await device.auth.device.poll.mutate({ deviceCode })
  if (answer.status !== 'approved') throw new Error(`the device is ${answer.status}`)
  return answer.token
}
