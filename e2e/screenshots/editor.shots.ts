import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expect, generate, makePlugin, type Person, test } from '../person.ts'
import { picture } from './picture.ts'

const prompt = 'Show the word count in the status bar'
const addressOf = ({ slug }: Person, pluginId: string, search = '') => `/${slug}/plugins/${pluginId}${search}`

async function versionId({ client, orgId }: Person, pluginId: string, number: number): Promise<string> {
  const { items } = await client.plugins.versions.query({ orgId, pluginId })
  return items.find((version) => version.number === number)?.id ?? ''
}

/** Waits until the plugin has ended what runs. */
async function ended({ client, orgId }: Person, pluginId: string): Promise<void> {
  await expect
    .poll(async () => (await client.plugins.byId.query({ orgId, pluginId })).activeGeneration, {
      timeout: 30_000,
    })
    .toBeNull()
}

/** Three prompts and a hand edit. */
async function makeHistory(person: Person): Promise<string> {
  const { client, orgId } = person
  const pluginId = await makePlugin(person, prompt)
  for (const next of ['Add a keybinding ctrl+alt+w', 'also add a pomodoro timer']) {
    await generate(person, next, undefined, pluginId)
    await ended(person, pluginId)
  }
  await client.plugins.save.mutate({
    orgId,
    operationId: randomUUID(),
    versionId: await versionId(person, pluginId, 2),
    changes: [{ path: 'README.md', text: '# Word Count\n\nCounts the words of the open file.\n' }],
  })
  return pluginId
}

/** On a narrow screen the parts of the editor are tabs. */
async function showPart(page: Page, name: 'Prompts' | 'Code' | 'Result'): Promise<void> {
  const { width = 0 } = page.viewportSize() ?? {}
  if (width < 1200) await page.getByRole('tab', { name: new RegExp(`^${name}`) }).click()
}

test('editor, running', async ({ page, person }) => {
  // Two wishes are enough to write for all pictures, also on a slow machine.
  const { pluginId } = await generate(person, `${prompt}, and a pomodoro timer`, 'sandbox/slow')
  await page.goto(addressOf(person, pluginId))
  const source = page.getByRole('textbox', { name: /^Source of src\// })
  await expect(source).toContainText('vscode', { timeout: 150_000 })
  await picture(page, 'editor-running', {
    isMoving: true,
    open: async () => {
      await page.goto(addressOf(person, pluginId))
      await showPart(page, 'Code')
      await expect(page.locator('.cm-stream-caret')).toBeVisible()
    },
  })
})

test('editor, ready', async ({ page, person }) => {
  const pluginId = await makeHistory(person)
  await picture(page, 'editor-ready', {
    open: async () => {
      await page.goto(addressOf(person, pluginId))
      await showPart(page, 'Code')
      await expect(page.getByRole('textbox', { name: /^Source of/ })).toBeVisible()
      await showPart(page, 'Result')
      await expect(page.getByText('Version 4 is ready')).toBeVisible()
    },
  })
  await picture(page, 'editor-prompts', {
    open: async () => {
      await page.goto(addressOf(person, pluginId))
      await showPart(page, 'Prompts')
      await page.getByLabel('What should change?').fill('Count characters too')
      await expect(page.getByText(/about .* tokens/i)).toBeVisible()
    },
  })
  await picture(page, 'editor-diff', {
    open: async () => {
      await page.goto(
        addressOf(person, pluginId, `?tab=diff&version=${await versionId(person, pluginId, 3)}`),
      )
      await showPart(page, 'Code')
      await expect(page.getByRole('region', { name: 'package.json' })).toBeVisible()
      const isWide = await page.getByRole('button', { name: 'Side by side' }).isVisible()
      if (isWide) await page.getByRole('button', { name: 'Side by side' }).click()
    },
  })
  await picture(page, 'editor-about', {
    open: async () => {
      await page.goto(addressOf(person, pluginId, '?tab=about'))
      await showPart(page, 'Code')
      await expect(page.getByRole('heading', { name: 'Commands' })).toBeVisible()
    },
  })
  await picture(page, 'editor-older-version', {
    open: async () => {
      await page.goto(addressOf(person, pluginId, `?version=${await versionId(person, pluginId, 1)}`))
      await showPart(page, 'Result')
      await expect(page.getByRole('button', { name: 'Restore as new version' }).first()).toBeVisible()
    },
  })
})

test('editor, ready, but not what was asked for', async ({ page, person }) => {
  const pluginId = await makePlugin(person, 'Teach my parrot to sing opera')
  await picture(page, 'editor-not-done', {
    open: async () => {
      await page.goto(addressOf(person, pluginId))
      await showPart(page, 'Result')
      await expect(page.getByText('Not everything was done')).toBeVisible()
    },
  })
})

test('editor, edited by hand', async ({ page, person }) => {
  const { client, orgId } = person
  const pluginId = await makePlugin(person, prompt)
  await picture(page, 'editor-unsaved', {
    open: async () => {
      await page.goto('/')
      await page.evaluate(() => localStorage.clear())
      await page.goto(addressOf(person, pluginId))
      await showPart(page, 'Code')
      await expect(page.getByRole('textbox', { name: /^Source of/ })).toBeVisible()
      await page.getByRole('textbox', { name: /^Source of/ }).click()
      await page.keyboard.press('ControlOrMeta+Home')
      await page.keyboard.type('By hand. ')
      await expect(page.getByText('1 edited file, free to save')).toBeVisible()
    },
  })
  await client.plugins.lockFile.mutate({ orgId, pluginId, path: 'src/extension.ts' })
  await picture(page, 'editor-locked', {
    open: async () => {
      await page.goto('/')
      await page.evaluate(() => localStorage.clear())
      await page.goto(addressOf(person, pluginId))
      await showPart(page, 'Code')
      await expect(page.getByRole('button', { name: /src\/extension\.ts$/ }).first()).toBeVisible()
    },
  })
})

test('editor, not ready', async ({ page, person }) => {
  const { client, orgId } = person
  const pluginId = await makePlugin(person, prompt)
  await generate(person, 'Count the characters too', 'sandbox/invalid', pluginId)
  await ended(person, pluginId)
  await picture(page, 'editor-not-ready', {
    open: async () => {
      await page.goto(addressOf(person, pluginId))
      await showPart(page, 'Result')
      await expect(page.getByText('Version 2 is not ready')).toBeVisible()
    },
  })
  const { pluginId: failed } = await generate(person, 'Sort the selected lines', 'sandbox/401')
  await ended(person, failed)
  await picture(page, 'editor-no-version', {
    open: async () => {
      await page.goto(addressOf(person, failed))
      await showPart(page, 'Prompts')
      await expect(page.getByText('Sort the selected lines').first()).toBeVisible()
      await showPart(page, 'Result')
    },
  })
  await client.plugins.archive.mutate({ orgId, pluginId })
  await picture(page, 'editor-archived', {
    open: async () => {
      await page.goto(addressOf(person, pluginId))
      await expect(page.getByText('This plugin is archived.')).toBeVisible()
    },
  })
})
