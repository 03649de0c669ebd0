import { commands, type Disposable, env, Uri } from 'vscode'
import { showProgress, showWarning } from './messages.ts'
import type { Session } from './session.ts'
import { readWebAddress } from './web-address.ts'

/**
 * While somebody signs in: opens the browser, and shows the code to compare until the sign-in has ended. A session that ends without
 * having been asked to says why.
 */
export function watchSignIn(session: Session): Disposable {
  let close: (() => void) | null = null
  const stop = session.state.onChange((state) => {
    close?.()
    close = null
    if (state.status === 'signing-in') {
      const address = readWebAddress(state.verificationUri)
      if (address === null) refuse(session)
      else close = show(state.userCode, address, session)
    }
    if (state.status === 'signed-out' && state.reason !== null) void tell(state.reason)
  })
  return {
    dispose: () => {
      stop()
      close?.()
    },
  }
}

/** An address of another kind could start a program on this machine. */
function refuse(session: Session): void {
  session.cancelSignIn()
  void showWarning('The server named no web page to sign in at. Check its address in the settings.')
}

function show(userCode: string, address: string, session: Session): () => void {
  void env.openExternal(Uri.parse(address, true))
  let close: () => void = () => undefined
  const closed = new Promise<void>((resolve) => {
    close = resolve
  })
  showProgress('Tallyforge: waiting for your browser', session.cancelSignIn, (progress) => {
    progress.report(`the code is ${userCode}.`, '[Copy it](command:tallyforge.copyCode)')
    return closed
  })
  return close
}

async function tell(reason: string): Promise<void> {
  const again = 'Sign in'
  const chosen = await showWarning(reason, again)
  if (chosen === again) await commands.executeCommand('tallyforge.signIn')
}
