import { expect, test } from 'vitest'
import { titleFromPrompt, titleFromVersion } from './titles.ts'

test.each([
  ['Sort lines \u202etxt.exe', 'Sort lines txt.exe'],
  ['Count\u2028words\u00a0 twice\nand more', 'Count words twice'],
  ['\u2066\u200b\u2069', 'Untitled plugin'],
  ['[Install](command:x) now', '[Install] (command:x) now'],
  ['ספירת מילים 👨\u200d👩', 'ספירת מילים 👨\u200d👩'],
])('the prompt %j gives the title %j', (prompt, title) => {
  expect(titleFromPrompt(prompt)).toBe(title)
})

const prompt = 'Show the word count'

test.each([
  ['the first version names it', prompt, 'Word Count', null, prompt, 'Word Count'],
  ['a later version renames it', 'Word Count', 'Wordy', 'Word Count', prompt, 'Wordy'],
  ['a copy takes the new name', 'Word Count (copy)', 'Wordy', 'Word Count', null, 'Wordy'],
  [
    'a copy keeps its title while the name stays',
    'Word Count (copy)',
    'Word Count',
    'Word Count',
    null,
    null,
  ],
  ['a title by hand stays at first', 'Mine', 'Word Count', null, prompt, null],
  ['a title by hand stays later', 'Mine', 'Wordy', 'Word Count', prompt, null],
  ['a version without a name changes nothing', prompt, '', null, prompt, null],
  ['a long name is cut', prompt, 'x'.repeat(200), null, prompt, 'x'.repeat(100)],
  ['and followed all the same', 'x'.repeat(100), 'Wordy', 'x'.repeat(200), null, 'Wordy'],
])('%s', (_, title, displayName, before, first, wanted) => {
  expect(titleFromVersion(title, displayName, { displayName: before, prompt: first })).toBe(wanted)
})
