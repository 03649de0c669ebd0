import type { Generation } from '@tallyforge/client/outputs'
import { tokensText } from '@tallyforge/core/format'
import type { GenerationState } from '@tallyforge/core/plugins/states'
import { commands, type ExtensionContext } from 'vscode'
import type { Api } from './api.ts'
import { readFailure } from './failure.ts'
import type { Installed } from './installed.ts'
import type { Log } from './log.ts'
import { showInformation, showProgress } from './messages.ts'
import type { Plugins } from './plugins.ts'
import { createRuns, type Run, type RunNotice, type Runs } from './runs.ts'
import { logFailure } from './show-failure.ts'

type Port = {
  context: ExtensionContext
  api: Api
  plugins: Plugins
  installed: Installed
  log: Log
  /** Whether a plugin is what the panel shows now: then it tells how its run ended, and nothing else needs to. */
  isShown: (pluginId: string) => boolean
}

/** Follows what this window began, and tells people of it in the notification area. */
export function followRuns({ context, api, plugins, installed, log, isShown }: Port): Runs {
  const nameOf = ({ origin, orgId, pluginId }: Run) =>
    api
      .clientOf(origin)
      .plugins.byId.query({ orgId, pluginId })
      .then(
        ({ title }) => title,
        // The name is for people only: the run itself goes on without it.
        () => 'Your plugin',
      )
  return createRuns({
    // Those of an older release do not say at which server they began.
    remembered: () =>
      context.workspaceState.get<Run[]>('runs', []).filter(({ origin }) => typeof origin === 'string'),
    remember: (all) => void context.workspaceState.update('runs', all),
    read: (run) =>
      plugins.generation(run).catch((error: unknown) => {
        // The person who is signed in now may see less than the one who began it.
        if (readFailure(error).kind === 'not_found') return null
        logFailure(error, log)
        return 'unknown'
      }),
    show: (run) =>
      showRun(nameOf(run), () => {
        const { origin, orgId, generationId } = run
        api
          .clientOf(origin)
          .plugins.cancel.mutate({ orgId, generationId })
          .catch((error: unknown) => logFailure(error, log))
      }),
    ended: (run, generation) => {
      if (isShown(run.pluginId)) return
      const isInstalled = installed.of(run.pluginId) !== null
      void nameOf(run).then((title) => tellEnd({ generation, title, isInstalled }))
    },
  })
}

/** The words of a state, after the plugin's name. */
const stateWords: Record<GenerationState, string> = {
  queued: 'waiting for a free place…',
  running: 'writing…',
  validating: 'checking…',
  repairing: 'mending what the checks found…',
  succeeded: 'ready',
  failed: 'not ready',
  canceled: 'canceled',
}

/** Shows a run in the notification area, with Cancel, until it is closed. */
function showRun(title: Promise<string>, cancel: () => void): RunNotice {
  let close: () => void = () => undefined
  let report: (message: string) => void = () => undefined
  let shown = ''
  const closed = new Promise<void>((resolve) => {
    close = resolve
  })
  void title.then((name) =>
    showProgress(`Tallyforge: ${name}`, cancel, (progress) => {
      report = progress.report
      if (shown !== '') report(shown)
      return closed
    }),
  )
  return {
    update: (state) => {
      shown = stateWords[state]
      report(shown)
    },
    close: () => close(),
  }
}

/** Tells how a run ended, with the next step. */
async function tellEnd({
  generation,
  title,
  isInstalled,
}: {
  generation: Generation
  title: string
  isInstalled: boolean
}): Promise<void> {
  const { pluginId, state, versionId, versionNumber, cost, failure } = generation
  const open = { label: 'Show', run: () => commands.executeCommand('tallyforge.showPlugin', { pluginId }) }
  if (state === 'succeeded' && versionId !== null) {
    const install = {
      label: isInstalled ? 'Update' : 'Install',
      run: () => commands.executeCommand('tallyforge.install', { pluginId, versionId }),
    }
    await offer(`“${title}” version ${versionNumber} is ready.`, [install, open])
  } else if (state === 'failed') {
    await offer(`“${title}” is not ready. ${failure ?? 'You were not charged.'}`, [open])
  } else if (state === 'canceled') {
    const paid = cost === null ? '' : ` ${tokensText(cost.charged)} were charged for what was written.`
    await offer(`“${title}” was canceled.${paid}`, [open])
  }
}

async function offer(
  message: string,
  steps: { label: string; run: () => Thenable<unknown> }[],
): Promise<void> {
  const chosen = await showInformation(message, ...steps.map(({ label }) => label))
  await steps.find(({ label }) => label === chosen)?.run()
}
