import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

/** What another theme can break: the rest of what axe looks at is the same in all of them. */
const rulesOfColor = ['color-contrast', 'link-in-text-block']

type Options = {
  /** Only a part of the page. */
  part?: string | undefined
  /** Only what another theme can break. */
  colorsOnly?: boolean | undefined
}

/** Axe finds no fault in the page as it stands. */
export async function expectNoFault(page: Page, what: string, { part, colorsOnly }: Options = {}) {
  const violations = await look(page, { part, colorsOnly })
  const faults = violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html).slice(0, 3)])
  expect(faults, what).toEqual([])
}

/** An element that leaves the page while axe describes it makes axe throw: then it looks again. */
async function look(page: Page, { part, colorsOnly }: Options, attempts = 5) {
  const axe = new AxeBuilder({ page })
  if (part !== undefined) axe.include(part)
  if (colorsOnly) axe.withRules(rulesOfColor)
  try {
    return (await axe.analyze()).violations
  } catch (error) {
    if (attempts === 1 || !String(error).includes('nthChild')) throw error
    return look(page, { part, colorsOnly }, attempts - 1)
  }
}

/** Axe finds no fault in the page as it stands, light or dark. */
export async function expectNoFaultInAnyLight(page: Page, what: string) {
  // A change of theme is a transition: without motion it is over at once.
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
  await expectNoFault(page, `${what}, light`)
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  await expectNoFault(page, `${what}, dark`, { colorsOnly: true })
}
