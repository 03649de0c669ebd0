import { ProgressLocation, window } from 'vscode'
import { plain } from './plain.ts'

// The only place that shows messages: whatever is in them, a name or a server's words, is text and never a link.

/** Tells something; answers the choice that was taken, undefined when the message was closed. */
export const showInformation = (message: string, ...choices: string[]) =>
  window.showInformationMessage(plain(message), ...choices)

/** Warns of something; answers as `showInformation`. */
export const showWarning = (message: string, ...choices: string[]) =>
  window.showWarningMessage(plain(message), ...choices)

/** Says that something failed; answers as `showInformation`. */
export const showError = (message: string, ...choices: string[]) =>
  window.showErrorMessage(plain(message), ...choices)

/** Something that goes on, in the notification area. `link`, which is ours, stands after the words and stays a link. */
export type Progress = { report: (message: string, link?: string) => void }

/** Shows that something goes on, until `work` is done. `cancel`: what a person's Cancel does. */
export function showProgress(
  title: string,
  cancel: () => void,
  work: (progress: Progress) => Promise<void>,
): void {
  void window.withProgress(
    { location: ProgressLocation.Notification, cancellable: true, title: plain(title) },
    (progress, token) => {
      token.onCancellationRequested(cancel)
      return work({
        report: (message, link) =>
          progress.report({ message: link === undefined ? plain(message) : `${plain(message)} ${link}` }),
      })
    },
  )
}
