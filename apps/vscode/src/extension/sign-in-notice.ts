import { commands, type Disposable, env, ProgressLocation, Uri, window } from 'vscode'
import type { SessionState } from '../bridge/protocol.ts'
import type { Session } from './session.ts'

type Shown = Extract<SessionState, { status: 'signing-in' }>

/**
 * While somebody signs in: opens the browser, and shows the code to compare until the sign-in has ended. A session that ends without
 * having been asked to says why.
 */
export function watchSignIn(session: Session): Disposable {
  let close: (() => void) | null = null
  const stop = session.state.onChange((state) => {
    close?.()
    close = null
    if (state.status === 'signing-in') close = show(state, session)
    if (state.status === 'signed-out' && state.reason !== null) void tell(state.reason)
  })
  return {
    dispose: () => {
      stop()
      close?.()
    },
  }
}

function show(shown: Shown, session: Session): () => void {
  void env.openExternal(Uri.parse(shown.verificationUri, true))
  let close: () => void = () => undefined
  const closed = new Promise<void>((resolve) => {
    close = resolve
  })
  void window.withProgress(
    {
      location: ProgressLocation.Notification,
      cancellable: true,
      title: 'Tallyforge: waiting for your browser',
    },
    (progress, token) => {
      progress.report({ message: `the code is ${shown.userCode}. [Copy it](command:tallyforge.copyCode)` })
      token.onCancellationRequested(() => session.cancelSignIn())
      return closed
    },
  )
  return close
}

async function tell(reason: string): Promise<void> {
  const again = 'Sign in'
  const chosen = await window.showWarningMessage(reason, again)
  if (chosen === again) await commands.executeCommand('tallyforge.signIn')
}
