import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import { expectNoFaultInAnyLight } from '../axe.ts'
import { expect, makePlugin, type Person, test } from '../person.ts'

const op = ({ orgId }: Person) => ({ orgId, operationId: randomUUID() })

async function versionsOf({ client, orgId }: Person, pluginId: string) {
  const { items } = await client.plugins.versions.query({ orgId, pluginId, limit: 100 })
  return items
}

/** Starts a generation and leaves it running. */
function begin(person: Person, prompt: string, more: { model?: string; pluginId?: string } = {}) {
  return person.client.plugins.generate.mutate({ ...op(person), prompt, model: 'sandbox/slow', ...more })
}

/** A plugin with a branch: 1 ─ 2 ─ 3 (by hand), and 4 restored from 1. */
async function makeBranches(person: Person) {
  const { client, orgId } = person
  const pluginId = await makePlugin(person, 'Show the word count in the status bar')
  const [first] = await versionsOf(person, pluginId)
  const versionId = first?.id ?? ''
  await client.plugins.save.mutate({
    ...op(person),
    versionId,
    changes: [
      { path: 'README.md', text: '# Counting\n' },
      { path: 'NOTES.md', text: 'Mine.\n' },
    ],
  })
  const [second] = await versionsOf(person, pluginId)
  await client.plugins.save.mutate({
    ...op(person),
    versionId: second?.id ?? '',
    changes: [{ path: 'NOTES.md', text: 'Mine, and changed.\n' }],
  })
  await client.plugins.restore.mutate({ ...op(person), versionId })
  const versions = await versionsOf(person, pluginId)
  const idOf = (number: number) => versions.find((version) => version.number === number)?.id ?? ''
  return { pluginId, orgId, client, idOf }
}

const row = (page: Page, number: number) => page.getByRole('button', { name: new RegExp(`^v${number} `) })

test.describe('the result', () => {
  test('Ready says how to install it, how to use it and what it reaches', async ({ page, person }) => {
    const pluginId = await makePlugin(person, 'Show the word count in the status bar')
    await page.goto(`/${person.slug}/plugins/${pluginId}`)
    await expect(page.getByRole('heading', { name: 'Version 1 is ready' })).toBeVisible()
    await expect(page.getByRole('region', { name: 'How to use it' })).toContainText('Show Word Count')
    await expect(page.getByRole('region', { name: 'What it can do' })).toContainText(
      'neither the network, nor other programs, nor files on disk',
    )
    await expect(page.getByText(/code --install-extension .*-0\.0\.1\.vsix/)).toBeVisible()
    await page.getByRole('button', { name: '6 checks passed' }).click()
    await expect(page.getByRole('list', { name: 'Checks' })).toContainText('Manifest')
    await page.getByRole('button', { name: 'Everything it declares' }).click()
    await expect(page).toHaveURL(/tab=about/)
  })

  test('Ready says what was not done, and what it cost all the same, before it is installed', async ({
    page,
    person,
  }) => {
    const pluginId = await makePlugin(person, 'Teach my parrot to sing opera')
    await page.goto(`/${person.slug}/plugins/${pluginId}`)
    await expect(page.getByRole('heading', { name: 'Version 1 is ready' })).toBeVisible()
    await expect(page.getByText('Not everything was done')).toBeVisible()
    await expect(page.getByText(/^You paid [\d.]+ tokens for this version\.$/)).toBeVisible()
  })

  test('Not ready shows the errors, and a repair goes on from the version that has them', async ({
    page,
    person,
  }) => {
    const pluginId = await makePlugin(person, 'Sort lines', 'sandbox/invalid')
    await page.goto(`/${person.slug}/plugins/${pluginId}`)
    await expect(page.getByRole('list', { name: 'Errors' })).toContainText('src/extension.ts:')
    await page.getByRole('button', { name: 'Try again with this error' }).click()
    await expect(page.getByLabel('What should change?')).toBeFocused()
    await page.reload()
    await expect(page.getByLabel('What should change?')).toHaveValue(/Fix these errors/)
    const [sent] = await Promise.all([
      page.waitForRequest(/plugins\.generate/),
      page.getByRole('button', { name: 'Generate' }).click(),
    ])
    const [failed] = await versionsOf(person, pluginId)
    expect(sent.postDataJSON().json.parentVersionId).toBe(failed?.id)
  })

  test('a working version stays at hand while the newest one is not ready', async ({ page, person }) => {
    const { client, orgId, slug } = person
    const pluginId = await makePlugin(person, 'Show the word count in the status bar')
    await page.goto(`/${slug}/plugins/${pluginId}`)
    await expect(page.getByText('Changes version 1', { exact: true })).toBeVisible()
    await begin(person, 'Count the characters too', { pluginId, model: 'sandbox/invalid' })
    await expect(page.getByRole('heading', { name: 'Version 2 is not ready' })).toBeVisible({
      timeout: 30_000,
    })
    await expect(page.getByLabel('What should change?')).toHaveAccessibleDescription(
      'Changes version 1, the newest one that is ready',
    )
    await expect(page.getByText('v2 not ready')).toBeVisible()
    const ready = page.getByRole('region', { name: 'What is ready' })
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      ready.getByRole('button', { name: 'Download .vsix' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/-0\.0\.1\.vsix$/)
    await page.getByRole('button', { name: 'Try again with this error' }).click()
    await expect(page.getByText('Repairs version 2')).toBeVisible()
    await page.getByRole('button', { name: 'Show v1 ready' }).click()
    await expect(page.getByRole('heading', { name: 'Version 1 is ready' })).toBeVisible()
    await expect(page).toHaveURL(/version=ver_/)

    const other = await makePlugin(person, 'Sort the selected lines')
    await page.goto(`/${slug}/plugins`)
    const rows = page.getByRole('table', { name: 'Plugins' }).getByRole('row')
    await expect(rows.filter({ hasText: 'Word Count' })).toContainText('Not ready')
    await expect(rows.filter({ hasText: 'Word Count' }).getByText('v1 ready').first()).toBeAttached()
    await expect(rows.filter({ hasText: 'Sort Lines' }).getByText(/v\d ready/)).toHaveCount(0)
    expect((await client.plugins.byId.query({ orgId, pluginId: other })).readyVersion?.number).toBe(1)
  })

  test('what ended without any version offers the same words again', async ({ page, person }) => {
    const pluginId = await makePlugin(person, 'Sort the selected lines', 'sandbox/401')
    await page.goto(`/${person.slug}/plugins/${pluginId}`)
    await expect(page.getByText('Begins anew: no version is ready')).toBeVisible()
    await page.getByRole('button', { name: 'Try again', exact: true }).click()
    await expect(page.getByLabel('What should change?')).toHaveValue('Sort the selected lines')
    await expect(page.getByLabel('What should change?')).toBeFocused()
  })

  test('Stop says what it costs before, and what it has cost after', async ({ page, person }) => {
    const { pluginId } = await begin(person, 'Sort lines')
    await page.goto(`/${person.slug}/plugins/${pluginId}`)
    const stop = page.getByRole('button', { name: 'Stop' })
    await expect(stop).toHaveAccessibleDescription(/^Stopping now costs about \d+ tokens\.$/)
    const before = await page.getByText(/^Stopping now costs about/).textContent()
    await stop.click()
    const after = await page.getByText(/^You paid [\d.,]+ tokens/).textContent()
    const tokensIn = (text: string | null) =>
      Number(/([\d.,]+) tokens/.exec(text ?? '')?.[1]?.replace(',', ''))
    expect(tokensIn(after)).toBeGreaterThan(0)
    // Rounded up, and a little behind the call.
    expect(tokensIn(before)).toBeLessThanOrEqual(tokensIn(after) + 1)
  })

  test('an archived plugin is read only until somebody brings it back', async ({ page, person }) => {
    const pluginId = await makePlugin(person, 'Sort the selected lines')
    await person.client.plugins.archive.mutate({ orgId: person.orgId, pluginId })
    await page.goto(`/${person.slug}/plugins/${pluginId}`)
    await expect(page.getByText('This plugin is archived.')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Download .vsix' })).toBeVisible()
    await expect(page.getByLabel('What should change?')).toHaveCount(0)
    await expect(page.getByRole('textbox', { name: /^Source of/ })).toHaveAttribute('aria-readonly', 'true')
    await page.getByRole('button', { name: 'Bring it back' }).click()
    await expect(page.getByText('This plugin is archived.')).toHaveCount(0)
    await expect(page.getByLabel('What should change?')).toBeVisible()
  })
})

test.describe('versions', () => {
  test('branches are told apart, walked with the arrow keys, and shown', async ({ page, person }) => {
    const { pluginId, idOf } = await makeBranches(person)
    await page.goto(`/${person.slug}/plugins/${pluginId}`)
    await expect(row(page, 4)).toHaveAttribute('aria-current', 'true')
    await expect(row(page, 4)).toContainText('Restored from v1')
    await expect(row(page, 3)).toContainText('Hand edit')
    await row(page, 4).focus()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await expect(row(page, 2)).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(row(page, 2)).toHaveAttribute('aria-current', 'true')
    await expect(page).toHaveURL(new RegExp(`version=${idOf(2)}`))
    await page.keyboard.press('End')
    await expect(row(page, 1)).toBeFocused()
    await page.goBack()
    await expect(row(page, 4)).toHaveAttribute('aria-current', 'true')
  })

  test('of 200 versions the oldest is shown and compared with the newest', async ({ page, person }) => {
    test.slow()
    const { client, orgId, slug } = person
    const pluginId = await makePlugin(person, 'Show the word count in the status bar')
    const first = (await client.plugins.versions.query({ orgId, pluginId })).items[0]?.id ?? ''
    for (let made = 1; made < 200; made++) {
      await client.plugins.restore.mutate({ orgId, operationId: randomUUID(), versionId: first })
    }
    await page.goto(`/${slug}/plugins/${pluginId}`)
    await expect(page.getByRole('heading', { name: 'Version 200 is ready' })).toBeVisible()
    await page.getByRole('button', { name: 'Show older versions' }).click()
    await expect(page.getByRole('button', { name: 'Show older versions' })).toHaveCount(0)
    await row(page, 1).click()
    await expect(page.getByRole('heading', { name: 'Version 1 is ready' })).toBeVisible()
    await page.getByRole('combobox', { name: 'Compare version 1 with' }).click()
    await page.getByRole('combobox', { name: 'Search: Compare version 1 with' }).fill('200')
    await page.getByRole('option', { name: /Version 200/ }).click()
    await expect(page.getByText('Both versions have the same files.')).toBeVisible()
  })

  test('a version that is being written has its place, and leads back to the model', async ({
    page,
    person,
  }) => {
    const pluginId = await makePlugin(person, 'Show the word count in the status bar')
    await begin(person, 'Add a keybinding ctrl+alt+w', { pluginId })
    await page.goto(`/${person.slug}/plugins/${pluginId}`)
    const running = page.getByRole('button', { name: /^Being written/ })
    await expect(running).toHaveAttribute('aria-current', 'true')
    await expect(running).toContainText('Goes on from v1')
    await row(page, 1).click()
    await expect(page.getByRole('heading', { name: 'Version 1 is ready' })).toBeVisible()
    await running.click()
    await expect(running).toHaveAttribute('aria-current', 'true')
  })
})

test.describe('comparing', () => {
  test('any two versions are compared, swapped and laid out in two ways; the address keeps it', async ({
    page,
    person,
  }) => {
    const { pluginId, idOf } = await makeBranches(person)
    await page.goto(`/${person.slug}/plugins/${pluginId}`)
    await page.getByRole('combobox', { name: 'Compare version 4 with' }).click()
    await page.getByRole('option', { name: /Version 3/ }).click()
    await expect(page).toHaveURL(new RegExp(`compare=${idOf(3)}`))
    await expect(page.getByText('2 files changed')).toBeVisible()
    await expect(page.getByRole('region', { name: 'NOTES.md' })).toContainText('Deleted')

    await page.getByRole('button', { name: 'Swap the two versions' }).click()
    await expect(page).toHaveURL(new RegExp(`version=${idOf(3)}.*compare=${idOf(4)}`))
    await expect(page.getByRole('region', { name: 'NOTES.md' })).toContainText('Added')
    await page.getByRole('combobox', { name: 'From version' }).click()
    await page.getByRole('option', { name: /Version 2/ }).click()
    await expect(page.getByText('1 file changed')).toBeVisible()

    await page.getByRole('button', { name: 'Side by side' }).click()
    await expect(page.getByLabel('NOTES.md before')).toContainText('Mine.')
    await page.reload()
    await expect(page.getByLabel('NOTES.md after')).toContainText('Mine, and changed.')
    await page.goBack()
    await expect(page.getByText('2 files changed')).toBeVisible()
  })

  test('a version is compared with what it was made from, unless told otherwise', async ({
    page,
    person,
  }) => {
    const { pluginId, idOf } = await makeBranches(person)
    await person.client.plugins.save.mutate({
      ...op(person),
      versionId: idOf(2),
      changes: [{ path: 'NOTES.md', text: 'Another branch.\n' }],
    })
    await page.goto(`/${person.slug}/plugins/${pluginId}?tab=diff`)
    await expect(page.getByRole('combobox', { name: 'To version' })).toHaveText('Version 5')
    await expect(page.getByRole('combobox', { name: 'From version' })).toHaveText('Version 2')
    await expect(page.getByText('1 file changed')).toBeVisible()
  })

  test('one file goes back into a new version; what would not build says why', async ({ page, person }) => {
    const { pluginId, idOf, client, orgId } = await makeBranches(person)
    await page.goto(`/${person.slug}/plugins/${pluginId}?version=${idOf(3)}&compare=${idOf(1)}&tab=diff`)
    await page.getByRole('button', { name: 'Revert README.md to version 1' }).click()
    await expect(row(page, 5)).toContainText('Reverted README.md to version 1')
    await expect(page.getByText('1 file changed')).toBeVisible()
    await expect(page.getByRole('region', { name: 'README.md' })).toHaveCount(0)

    // Without its part the entry does not build; the part came with version 6.
    const { files } = await client.plugins.version.query({ orgId, versionId: idOf(1) })
    const text = (path: string) => files.find((file) => file.path === path)?.text ?? ''
    const moved = await client.plugins.save.mutate({
      ...op(person),
      versionId: idOf(1),
      changes: [
        { path: 'src/word-count.ts', text: null },
        { path: 'src/words.ts', text: text('src/word-count.ts') },
        { path: 'src/extension.ts', text: text('src/extension.ts').replace('./word-count', './words') },
      ],
    })
    const movedId = moved.status === 'saved' ? moved.version.id : ''
    await page.goto(`/${person.slug}/plugins/${pluginId}?version=${movedId}&compare=${idOf(1)}&tab=diff`)
    await page.getByRole('button', { name: 'Revert src/words.ts to version 1' }).click()
    await expect(page.getByRole('dialog', { name: 'It does not build this way' })).toContainText(
      'src/extension.ts',
    )
    expect(await versionsOf(person, pluginId)).toHaveLength(6)
  })

  test('200 changed files stay usable: the first are open, the others open when asked', async ({
    page,
    person,
  }) => {
    const pluginId = await makePlugin(person, 'Show the word count in the status bar')
    const [first] = await versionsOf(person, pluginId)
    await person.client.plugins.save.mutate({
      ...op(person),
      versionId: first?.id ?? '',
      changes: Array.from({ length: 190 }, (_, index) => ({
        path: `docs/part-${String(index).padStart(3, '0')}.md`,
        text: `Part ${index}\n`.repeat(50),
      })),
    })
    await page.goto(`/${person.slug}/plugins/${pluginId}?tab=diff`)
    await expect(page.getByText('190 files changed')).toBeVisible()
    await expect(page.getByRole('button', { name: /docs\/part-019/, expanded: true })).toBeVisible()
    await page.getByRole('button', { name: /docs\/part-189/, expanded: false }).click()
    // Changes are drawn once they are nearly in sight, and what is drawn above may move them out of it.
    const changes = page.getByRole('region', { name: 'docs/part-189.md' })
    await expect(async () => {
      await changes.scrollIntoViewIfNeeded()
      await expect(page.getByLabel('Changes of docs/part-189.md')).toContainText('Part 189', {
        timeout: 1_000,
      })
    }).toPass({ timeout: 15_000 })
  })
})

type Seen = { longTasks: number[]; shifts: string[] }

/** Runs in the page: notes long tasks, and whatever moves by itself while a file streams. */
function watchPage() {
  type Shift = PerformanceEntry & { sources: { node: Node | null }[] }
  const seen: Seen = { longTasks: [], shifts: [] }
  Object.assign(window, { seen })
  const isStreaming = () => document.querySelector('.cm-stream-caret') !== null
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as Shift[]) {
      const moved = entry.sources.map(({ node }) => (node instanceof Element ? node : node?.parentElement))
      // Lines come into sight where a moment ago were others: that is the scrolling of the code itself.
      const others = moved.filter((node) => !node?.closest('.cm-scroller'))
      if (isStreaming()) seen.shifts.push(...others.map((node) => node?.outerHTML.slice(0, 200) ?? 'gone'))
    }
  }).observe({ type: 'layout-shift' })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.longTasks.push(Math.round(entry.duration))
  }).observe({ type: 'longtask' })
}

type Bounds = { top?: number; height?: number; rest?: number; restBelow?: number }

/** Looks in every frame: between a piece of the stream and the step that follows it the end is out of sight. */
function untilCode(page: Page, bounds: Bounds) {
  return page.waitForFunction(({ top = 0, height = 0, rest = 0, restBelow = Number.MAX_VALUE }: Bounds) => {
    const code = document.querySelector('.cm-scroller')
    if (code === null || code.scrollTop < top || code.scrollHeight < height) return false
    const left = code.scrollHeight - code.scrollTop - code.clientHeight
    return left >= rest && left < restBelow
  }, bounds)
}

test.describe('files', () => {
  test('a locked file is marked, told to the model and kept; the thread says so', async ({
    page,
    person,
  }) => {
    const pluginId = await makePlugin(person, 'Show the word count in the status bar')
    await page.goto(`/${person.slug}/plugins/${pluginId}`)
    await page.getByRole('treeitem', { name: 'README.md' }).click()
    await page.getByRole('button', { name: 'Lock README.md' }).click()
    await expect(page.getByRole('button', { name: 'Unlock README.md' })).toBeVisible()
    await expect(page.getByRole('tree', { name: 'Files' }).getByText(', locked')).toHaveCount(1)
    await page.reload()
    await expect(page.getByRole('tree', { name: 'Files' }).getByText(', locked')).toHaveCount(1)

    await page.getByLabel('What should change?').fill('also add a pomodoro timer')
    await page.getByRole('button', { name: 'Generate' }).click()
    await expect(page.getByRole('heading', { name: 'Version 2 is ready' })).toBeVisible({ timeout: 30_000 })
    await expect(page.getByText('README.md is locked, so it stayed as it was.')).toBeVisible()
    await page.getByRole('tab', { name: 'Diff' }).click()
    await expect(page.getByRole('region', { name: 'package.json' })).toBeVisible()
    await expect(page.getByRole('region', { name: 'README.md' })).toHaveCount(0)
  })

  test('a change between what the page read and what it hears of is seen all the same', async ({
    page,
    person,
  }) => {
    const { client, orgId, slug } = person
    const pluginId = await makePlugin(person, 'Show the word count in the status bar')
    await page.route('**/trpc/plugins.watch*', async (route) => {
      await client.plugins.lockFile.mutate({ orgId, pluginId, path: 'README.md' })
      await route.continue()
    })
    await page.goto(`/${slug}/plugins/${pluginId}`)
    await expect(page.getByRole('tree', { name: 'Files' }).getByText(', locked')).toHaveCount(1)
  })

  test('Ctrl-S saves; what is not saved survives a reload, and a newer version of somebody else is told', async ({
    page,
    person,
  }) => {
    const pluginId = await makePlugin(person, 'Show the word count in the status bar')
    const [first] = await versionsOf(person, pluginId)
    await page.goto(`/${person.slug}/plugins/${pluginId}`)
    await page.getByRole('treeitem', { name: 'README.md' }).click()
    await page.getByRole('textbox', { name: 'Source of README.md' }).click()
    await page.keyboard.press('ControlOrMeta+Home')
    await page.keyboard.type('By hand. ')
    await expect(page.getByText('1 edited file, free to save')).toBeVisible()
    await page.reload()
    await expect(page.getByText('1 edited file from before, kept on this device')).toBeVisible()
    await page.getByRole('treeitem', { name: /README.md/ }).click()
    await expect(page.getByRole('textbox', { name: 'Source of README.md' })).toContainText('By hand.')

    // Another page saves meanwhile: this one keeps its place and says so.
    await person.client.plugins.save.mutate({
      ...op(person),
      versionId: first?.id ?? '',
      changes: [{ path: 'NOTES.md', text: 'Elsewhere.\n' }],
    })
    await expect(row(page, 2)).toBeVisible()
    await expect(page.getByText('Version 2 is newer. Saving goes on from version 1')).toBeVisible()
    await expect(page.getByRole('textbox', { name: 'Source of README.md' })).toContainText('By hand.')
    await page.keyboard.press('ControlOrMeta+s')
    await expect(row(page, 3)).toContainText('Hand edit from v1')
    await page.reload()
    await expect(page.getByText(/edited file/)).toHaveCount(0)
  })

  test('discarded edits come back with Undo', async ({ page, person }) => {
    const pluginId = await makePlugin(person, 'Show the word count in the status bar')
    await page.goto(`/${person.slug}/plugins/${pluginId}`)
    await page.getByRole('treeitem', { name: 'README.md' }).click()
    const source = page.getByRole('textbox', { name: 'Source of README.md' })
    await source.click()
    await page.keyboard.press('ControlOrMeta+Home')
    await page.keyboard.type('By hand. ')
    await page.getByRole('button', { name: 'Discard' }).click()
    await expect(source).not.toContainText('By hand.')
    await expect(page.getByText('1 edited file, free to save')).toHaveCount(0)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(source).toContainText('By hand.')
    await expect(page.getByText('1 edited file, free to save')).toBeVisible()
    await page.reload()
    await expect(page.getByText('1 edited file from before, kept on this device')).toBeVisible()
  })

  test('a stream is followed until the person scrolls up, and again from the end on', async ({
    page,
    person,
  }) => {
    test.slow()
    await page.setViewportSize({ width: 1440, height: 420 })
    const { pluginId } = await begin(person, 'Sort lines')
    await page.goto(`/${person.slug}/plugins/${pluginId}`)
    await expect(page.locator('.cm-stream-caret')).toBeVisible()
    await expect(page).toHaveTitle(/^● Writing… · /)
    await untilCode(page, { top: 40, restBelow: 30 })
    const { x = 0, y = 0 } = (await page.locator('.cm-scroller').boundingBox()) ?? {}
    await page.mouse.move(x + 100, y + 60)
    await page.mouse.wheel(0, -1_000)
    // It grows by some lines, and stays where the person is.
    const topOfCode = () => page.locator('.cm-scroller').evaluate((each) => each.scrollTop)
    await expect.poll(topOfCode).toBe(0)
    await untilCode(page, { rest: 120 })
    expect(await topOfCode()).toBe(0)
    const height = await page.locator('.cm-scroller').evaluate((each) => {
      each.scrollTo(0, each.scrollHeight)
      return each.scrollHeight
    })
    await untilCode(page, { height: height + 30, restBelow: 30 })
    await page.getByRole('button', { name: 'Stop' }).click()
    await expect(page.locator('.cm-stream-caret')).toHaveCount(0)
    await expect(page).not.toHaveTitle(/^●/)
    // What is done is read from its beginning.
    await expect
      .poll(() =>
        page.locator('.cm-scroller').evaluate(({ scrollTop, scrollLeft }) => [scrollTop, scrollLeft]),
      )
      .toEqual([0, 0])
  })

  test('a stream of 5,000 lines moves nothing, and only what is in sight is drawn', async ({
    page,
    person,
  }) => {
    test.slow()
    const pluginId = await makePlugin(person, 'Show the word count in the status bar')
    await page.goto(`/${person.slug}/plugins/${pluginId}`)
    await begin(person, 'One long file', { pluginId, model: 'sandbox/long' })
    await expect(page.locator('.cm-stream-caret')).toBeVisible()
    await page.evaluate(watchPage)
    const leftOfCode = async () => (await page.locator('.cm-content').boundingBox())?.x
    const before = await leftOfCode()
    await expect(page.getByRole('heading', { name: 'Version 2 is ready' })).toBeVisible({ timeout: 90_000 })
    const { longTasks, shifts } = await page.evaluate(() => (window as unknown as { seen: Seen }).seen)
    const total = longTasks.reduce((sum, each) => sum + each, 0)
    console.log(`a stream of 5,000 lines: ${longTasks.length} long tasks, together ${total} ms`)
    expect(shifts).toEqual([])
    expect(await leftOfCode()).toBe(before)
    expect(await page.locator('.cm-line').count()).toBeLessThan(200)
    await expect(page.getByRole('textbox', { name: 'Source of src/long.ts' })).toBeVisible()
  })

  test('a file of 1 MB opens, is edited and saved', async ({ page, person }) => {
    const pluginId = await makePlugin(person, 'Show the word count in the status bar')
    const [first] = await versionsOf(person, pluginId)
    const line = `${'{"a": 1, "b": "two words"},'.repeat(3)}\n`
    await person.client.plugins.save.mutate({
      ...op(person),
      versionId: first?.id ?? '',
      changes: [{ path: 'data/large.md', text: line.repeat(Math.floor(1_040_000 / line.length)) }],
    })
    await page.goto(`/${person.slug}/plugins/${pluginId}`)
    await page.getByRole('treeitem', { name: 'large.md' }).click()
    const code = page.getByRole('textbox', { name: 'Source of data/large.md' })
    await code.click()
    await page.keyboard.press('ControlOrMeta+Home')
    await page.keyboard.type('First words. ')
    await expect(code).toContainText('First words.')
    await page.reload()
    await expect(page.getByText('kept on this device')).toBeVisible()
    await page.keyboard.press('ControlOrMeta+s')
    await expect(row(page, 3)).toContainText('Hand edit')
  })
})

test.describe('every state', () => {
  /** Addresses of the editor by what they show, and something that is there once it does. */
  async function statesOf(person: Person): Promise<Record<string, { path: string; shows: string | RegExp }>> {
    const { client, orgId } = person
    const { pluginId, idOf } = await makeBranches(person)
    const title = '<b>عداد الكلمات 文字数</b> '.repeat(4).trim()
    await client.plugins.rename.mutate({ orgId, pluginId, title })
    // The one that is shown first.
    await client.plugins.lockFile.mutate({ orgId, pluginId, path: 'src/extension.ts' })
    const failed = await makePlugin(person, 'Sort lines', 'sandbox/invalid')
    const archived = await makePlugin(person, 'Sort the selected lines')
    await client.plugins.archive.mutate({ orgId, pluginId: archived })
    const running = await begin(person, 'Sort lines')
    const own = `/${person.slug}/plugins`
    return {
      ready: { path: `${own}/${pluginId}`, shows: 'Version 4 is ready' },
      older: { path: `${own}/${pluginId}?version=${idOf(2)}`, shows: 'Restore as new version' },
      compared: {
        path: `${own}/${pluginId}?version=${idOf(3)}&compare=${idOf(1)}&tab=diff`,
        shows: 'Version 3 is ready',
      },
      'not ready': { path: `${own}/${failed}`, shows: 'Version 1 is not ready' },
      archived: { path: `${own}/${archived}`, shows: 'This plugin is archived.' },
      running: { path: `${own}/${running.pluginId}`, shows: /^Stopping now costs|^Nothing was used/ },
    }
  }

  test('has no accessibility fault', async ({ page, person }) => {
    test.slow()
    for (const [name, { path, shows }] of Object.entries(await statesOf(person))) {
      await page.goto(path)
      await expect(page.getByText(shows).first(), name).toBeVisible()
      await expect(page.locator('[aria-busy="true"]')).toHaveCount(0)
      await expectNoFaultInAnyLight(page, name)
    }
  })

  test('fits a phone, and a desktop at 200 %', async ({ page, person }) => {
    test.slow()
    for (const [name, { path, shows }] of Object.entries(await statesOf(person))) {
      for (const viewport of [
        { width: 390, height: 844 },
        { width: 720, height: 450 },
      ]) {
        await page.setViewportSize(viewport)
        await page.goto(path)
        for (const pane of ['Prompts', 'Code', 'Result']) {
          await page.getByRole('tab', { name: new RegExp(`^${pane}`) }).click()
          const overflow = await page.evaluate(
            () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
          )
          expect(overflow, `${name}, ${pane}, ${viewport.width}`).toBe(0)
        }
        await expect(page.getByText(shows).first(), name).toBeVisible()
      }
    }
  })

  test('offline says so and keeps what is there', async ({ page, person, context }) => {
    const pluginId = await makePlugin(person, 'Show the word count in the status bar')
    await page.goto(`/${person.slug}/plugins/${pluginId}?tab=diff`)
    await expect(page.getByText('The first version')).toBeVisible()
    await page.route('**/trpc/plugins.version*', (route) => route.abort())
    await context.setOffline(true)
    await page.getByRole('tab', { name: 'Files' }).click()
    await expect(page.getByRole('textbox', { name: /^Source of/ })).toBeVisible()
    await page.getByRole('button', { name: 'Lock src/extension.ts' }).click()
    await expect(page.getByRole('button', { name: 'Unlock src/extension.ts' })).toHaveCount(0)
    await expect(page.getByRole('region', { name: /Notifications/ })).toContainText(/offline|server/i)
    await context.setOffline(false)
  })
})
