import { type LiveGeneration, writtenTokens } from '@tallyforge/client/live'
import { gateStepWords, generationWords } from '@tallyforge/core/plugins/words'
import type { Io } from './io.ts'
import { printable } from './printable.ts'

/**
 * Shows a generation as it comes: a line for every file and check that is done, and, on a terminal, one that says what
 * happens now.
 */
export function createProgress({ stderr, liveLine }: Pick<Io, 'stderr' | 'liveLine'>) {
  const said = new Set<string>()
  let isLost = false
  let last: LiveGeneration | null = null

  /** Each once, above the line that changes. */
  function say(key: string, text: string): void {
    if (said.has(key)) return
    said.add(key)
    liveLine?.clear()
    stderr.write(`${text}\n`)
  }

  function draw(): void {
    if (isLost) liveLine?.show('Connection lost, reconnecting …')
    else if (last !== null) liveLine?.show(nowLine(last))
  }

  return {
    change(live: LiveGeneration): void {
      last = live
      if (live.attempt === 1) say('writing', `${generationWords.running} …`)
      if (live.attempt > 1)
        say(`attempt ${live.attempt}`, `It did not build. Repairing (${live.attempt - 1} of 2)`)
      for (const file of live.files) {
        if (file.path === live.openPath) continue
        const what = file.isDeleted ? 'deleted' : 'wrote'
        say(`${what} ${file.path} ${file.writing}`, `  ${what} ${printable(file.path)}`)
      }
      for (const { step, status } of live.steps) {
        const mark = status === 'passed' ? '✓' : '✗'
        say(`step ${live.attempt} ${step}`, `  ${mark} ${gateStepWords[step]}`)
      }
      draw()
    },
    connection(lost: boolean): void {
      if (lost && !isLost && liveLine === null) stderr.write('Connection lost, reconnecting …\n')
      isLost = lost
      draw()
    },
    end(): void {
      liveLine?.clear()
    },
  }
}

function nowLine(live: LiveGeneration): string {
  const words = [generationWords[live.state]]
  if (live.openPath !== null) words.push(printable(live.openPath))
  const tokens = writtenTokens(live)
  if (tokens > 0) words.push(`${tokens.toLocaleString('en-US')} model tokens written`)
  return words.join(' · ')
}
