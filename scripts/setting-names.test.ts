import { expect, test } from 'vitest'
import { meantSetting } from './setting-names.ts'

const settings = ['PORT', 'HOST', 'WEB_PORT', 'OPENROUTER_API_KEY', 'OPENAI_API_KEY', 'DATABASE_URL']

test.each([
  ['OPENROUTER_KEY', 'OPENROUTER_API_KEY'],
  ['OPENROUTER_APIKEY', 'OPENROUTER_API_KEY'],
  ['openai_api_key', 'OPENAI_API_KEY'],
  ['OPENAI_KEY', 'OPENAI_API_KEY'],
  ['DATABSE_URL', 'DATABASE_URL'],
  ['DATABASE_URI', 'DATABASE_URL'],
])('%s means %s', (name, setting) => {
  expect(meantSetting(name, settings)).toBe(setting)
})

test.each(['PORT', 'OPENAI_API_KEY', 'HOME', 'POST', 'OPENAI_ORG_ID', 'STRIPE_SECRET_KEY', 'PATH'])(
  '%s means no other setting',
  (name) => {
    expect(meantSetting(name, settings)).toBeNull()
  },
)
