import { startTestServer } from '@tallyforge/db/testing'
import type { TestProject } from 'vitest/node'

/** Starts the run's PostgreSQL once, for every project, and stops it at the end. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startTestServer()
  project.provide('databaseServer', server.url)
  return server.stop
}
