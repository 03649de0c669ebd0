import { expect, test } from 'vitest'
import type { GateStepResult } from './gate.ts'
import { failureText, notDoneText, repairPrompt, stoppedText } from './outcome.ts'

const broken: GateStepResult[] = [
  { step: 'paths', status: 'passed', durationMs: 1, messages: [{ text: 'A note' }] },
  {
    step: 'types',
    status: 'failed',
    durationMs: 2,
    messages: [
      { text: 'Cannot find name ‘x’.', path: 'src/extension.ts', line: 12, column: 5 },
      { text: 'No place' },
    ],
  },
]

test('what a model says that it did not do is found in its words', () => {
  expect(
    notDoneText('I sorted the lines.\n\nNot done: the parrot.\n\nThat is all.\n\nNot done: its song.'),
  ).toBe('The parrot.\n\nIts song.')
  expect(notDoneText('I sorted the lines. Not done: nothing.')).toBeNull()
})

test.each([
  ['I made it.\nNot done: the parrot.', 'The parrot.'],
  ['**Not done:** the parrot.', 'The parrot.'],
  ['Done.\n\nNot done:\n\n- the parrot\n- its song\n\nBye.', '- the parrot\n- its song'],
  ['Not done: the parrot,\nand its song.', 'The parrot,\nand its song.'],
  ['Not done: nothing.', null],
  ['Not done: None', null],
  ['Not done:', null],
  [`Not done:${' '.repeat(200_000)}`, null],
  [`${'*'.repeat(200_000)}\n`.repeat(5), null],
])('of %j it is %j', (prose, text) => {
  expect(notDoneText(prose)).toBe(text)
})

test('the errors of a failed check become the next prompt, each with its place', () => {
  expect(repairPrompt({ steps: broken })).toBe(
    'The last version did not build. Fix these errors:\n- src/extension.ts:12:5 Cannot find name ‘x’.\n- No place',
  )
})

test('without a failed check there is nothing to repair', () => {
  expect(repairPrompt({ steps: broken.slice(0, 1) })).toBeNull()
})

test('the end is told with its charge', () => {
  expect(stoppedText(undefined)).toBe('You pay for what was used until then.')
  expect(stoppedText({ cost: { charged: 0n } })).toBe('You were not charged.')
  expect(stoppedText({ cost: { charged: 12_500_000n } })).toBe(
    'You paid 12.5 tokens for what was used until then.',
  )
  expect(failureText({ failure: null, cost: { charged: 0n } })).toBe(
    'It did not build. You were not charged.',
  )
  expect(failureText({ failure: 'The model broke off.', cost: null })).toBe('The model broke off.')
})
