import { tokensText } from '@tallyforge/core/format'
import { formatTokens } from '@tallyforge/core/money'
import { type Disposable, StatusBarAlignment, type StatusBarItem, window } from 'vscode'
import { plain } from './plain.ts'
import type { Session } from './session.ts'
import type { Watcher } from './watcher.ts'

/** What the organization has left, in the status bar; before that, the way in. */
export function showBalance(session: Session, watcher: Watcher): Disposable {
  const item = window.createStatusBarItem('tallyforge.balance', StatusBarAlignment.Right, 90)
  item.name = 'Tallyforge balance'
  const update = () => fill(item, session, watcher)
  const stops = [
    session.state.onChange(update),
    watcher.balance.onChange(update),
    watcher.connection.onChange(update),
  ]
  update()
  item.show()
  return {
    dispose: () => {
      for (const stop of stops) stop()
      item.dispose()
    },
  }
}

function fill(item: StatusBarItem, session: Session, watcher: Watcher): void {
  const state = session.state.get()
  const balance = watcher.balance.get()
  if (state.status === 'signed-out') {
    item.text = '$(sign-in) Tallyforge'
    item.tooltip = 'Sign in to Tallyforge'
    item.command = 'tallyforge.signIn'
    item.accessibilityInformation = { label: 'Sign in to Tallyforge' }
  } else if (state.status === 'signing-in') {
    item.text = `$(key) ${state.userCode}`
    item.tooltip = 'The code to compare with your browser. Click to copy it.'
    item.command = 'tallyforge.copyCode'
    item.accessibilityInformation = { label: `Copy the sign-in code ${state.userCode}` }
  } else {
    const isOffline = watcher.connection.get() === 'offline'
    const amount = balance === null ? '…' : formatTokens(balance.available)
    const org = state.orgs.find(({ id }) => id === state.orgId)?.name ?? ''
    item.text = isOffline ? `$(debug-disconnect) ${amount} tokens` : `$(layers) ${amount} tokens`
    item.command = 'tallyforge.openTokens'
    item.accessibilityInformation = { label: `${amount} tokens available in ${org}` }
    const lines = [
      plain(org),
      ...(balance === null
        ? []
        : [
            `${tokensText(balance.available)} available`,
            `${tokensText(balance.held)} held`,
            `${tokensText(balance.spentThisMonth)} spent this month`,
          ]),
      ...(isOffline ? ['The server does not answer. We keep trying.'] : []),
    ]
    // Text: Markdown would make a link of a name that is a web address.
    item.tooltip = lines.join('\n')
  }
}
